"""Mailchimp as it shows itself: every list read plainly, page by page."""

from collections.abc import Iterator

CHANGES = {"restated": "members", "deleted": "members"}
PAGES = {"ingestion.sources.mailchimp.pages._COUNT": 20}
STILL_SHOWN = {"members": "(list_id, id) in (select (list_id, id) from raw.member_ids)"}


def sign_in(api) -> None:
    api.session.auth = ("anybody", api.credentials["api_key"])


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    lists = list(_listed(api, "/lists", "lists"))
    reports = list(_listed(api, "/reports", "reports"))
    campaigns = list(_listed(api, "/campaigns", "campaigns"))
    members = [
        member
        for each in lists
        for status in (None, "archived")
        for member in _listed(api, f"/lists/{each['id']}/members", "members", status=status)
    ]
    return {
        "lists": [{**each, **each["stats"]} for each in lists],
        "members": [{**each, **_lower(each["merge_fields"])} for each in members],
        "member_ids": [{"list_id": each["list_id"], "id": each["id"]} for each in members],
        "campaigns": [{**each, **each["settings"], **each["recipients"]} for each in campaigns],
        "reports": [{**each["bounces"], **each["opens"], **each["clicks"], **each} for each in reports],
        "email_recipients": list(_of_reports(api, reports, "sent-to", "sent_to")),
        "email_activity": [
            {**each, **action}
            for each in _of_reports(api, reports, "email-activity", "emails")
            for action in each["activity"]
        ],
        "unsubscribes": list(_of_reports(api, reports, "unsubscribed", "unsubscribes")),
    }


def _listed(api, path: str, key: str, **query) -> Iterator[dict]:
    offset = 0
    while True:
        body = api.get(f"/3.0{path}", count=500, offset=offset, **query).json()
        yield from body[key]
        offset += 500
        if offset >= body["total_items"]:
            return


def _of_reports(api, reports: list[dict], path: str, key: str) -> Iterator[dict]:
    for report in reports:
        yield from _listed(api, f"/reports/{report['id']}/{path}", key)


def _lower(merge_fields: dict) -> dict:
    return {name.lower(): value for name, value in merge_fields.items()}
