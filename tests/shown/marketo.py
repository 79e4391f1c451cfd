"""Marketo as it shows itself: the log of activities from the beginning, and every lead by its number."""

import re
from collections.abc import Iterator

CHANGES = {"restated": "leads", "deleted": "leads", "merged": "leads.updated_at"}
PAGES = {
    "ingestion.sources.marketo.log._BATCH": 3,
    "ingestion.sources.marketo.assets._MAX_RETURN": 3,
    "ingestion.sources.marketo.assets._BATCH": 3,
}
# Neither deleted leads nor those merged into another are returned; the log says which they were.
STILL_SHOWN = {
    "leads": """
        id not in (select lead_id from raw.activities where activity_type_id = 37)
        and id not in (
            select unnest(cast(json_extract_string(attributes, '$."Merge IDs"') as bigint[]))
            from raw.activities
            where activity_type_id = 32
        )
    """,
    "activities": """
        activity_type_id = 37 or lead_id not in (select lead_id from raw.activities where activity_type_id = 37)
    """,
}

KINDS = (("2", "6", "8", "9", "10"), ("11", "27", "32", "37", "101", "104"))
LEADS = 1200  # more than there are numbers


def sign_in(api) -> None:
    asked = {name: api.credentials[name] for name in ("client_id", "client_secret")}
    token = api.get("/identity/oauth/token", grant_type="client_credentials", **asked).json()
    api.session.headers["Authorization"] = f"Bearer {token['access_token']}"


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    fields = ",".join(each["rest"]["name"] for each in _get(api, "/rest/v1/leads/describe.json")["result"])
    leads = [
        lead
        for first in range(1, LEADS, 300)
        for lead in _get(
            api,
            "/rest/v1/leads.json",
            filterType="id",
            filterValues=",".join(map(str, range(first, first + 300))),
            fields=fields,
        )["result"]
    ]
    return {
        "leads": [_snake(lead) for lead in leads],
        "activities": [_activity(each) for kinds in KINDS for each in _log(api, kinds)],
        "programs": [_asset(each) for each in _assets(api)],
        "campaigns": [_snake(each) for each in _get(api, "/rest/v1/campaigns.json")["result"]],
    }


def _get(api, path: str, **query) -> dict:
    body = api.get(path, **query).json()
    assert body["success"], body
    return body


def _log(api, kinds: tuple[str, ...]) -> Iterator[dict]:
    token = _get(api, "/rest/v1/activities/pagingtoken.json", sinceDatetime="2026-01-01T00:00:00Z")["nextPageToken"]
    is_more = True
    while is_more:
        page = _get(api, "/rest/v1/activities.json", activityTypeIds=",".join(kinds), nextPageToken=token, batchSize=70)
        yield from page.get("result", [])
        token, is_more = page["nextPageToken"], page["moreResult"]


def _assets(api) -> Iterator[dict]:
    offset = 0
    while found := _get(api, "/rest/asset/v1/programs.json", offset=offset, maxReturn=2).get("result"):
        yield from found
        offset += len(found)


def _activity(record: dict) -> dict:
    return {**_snake(record), "attributes": {each["name"]: each["value"] for each in record["attributes"]}}


def _asset(record: dict) -> dict:
    return {name: value[:20] if name.endswith("_at") else value for name, value in _snake(record).items()}


def _snake(record: dict) -> dict:
    return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name).lower(): value for name, value in record.items()}
