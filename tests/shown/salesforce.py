"""Salesforce as it shows itself: every object queried plainly, the recycle bin too, page by page."""

import re
from collections.abc import Iterator

import requests

OBJECTS = (
    "Lead",
    "Contact",
    "Account",
    "Opportunity",
    "OpportunityHistory",
    "OpportunityLineItem",
    "Campaign",
    "CampaignMember",
    "LeadHistory",
    "Task",
    "Event",
    "User",
)
ASKED_BY_FIELD = True
WHOLE = ("Campaign", "User")  # read whole each time, so that no ids of them are kept

# leads are merged too, but in the tiny company none between the two days
CHANGES = {"restated": "lead", "deleted": "lead.is_deleted"}
PAGES = {
    "sandbox.vendors.salesforce.rest.PAGE": 20,
    "sandbox.vendors.salesforce.bulk._PAGE": 20,
}


def _still_listed(table: str) -> str:
    return f"id in (select id from raw.object_ids where object_type = '{table}')"


def sign_in(api) -> None:
    asked = {name: api.credentials[name] for name in ("client_id", "client_secret", "refresh_token")}
    body = {"grant_type": "refresh_token", **asked}
    answer = requests.post(f"{api.url}/services/oauth2/token", data=body, timeout=30).json()
    api.session.headers["Authorization"] = f"Bearer {answer['access_token']}"


def shown(api) -> dict[str, list[dict]]:
    sign_in(api)
    found = {_snake(name): [_record(each) for each in records(api, name)] for name in OBJECTS}
    found["object_ids"] = [
        {"object_type": _snake(name), "id": each["id"]}
        for name in OBJECTS
        if name not in WHOLE
        for each in found[_snake(name)]
    ]
    return found


def records(api, name: str) -> Iterator[dict]:
    fields = api.get(f"/services/data/v62.0/sobjects/{name}/describe").json()["fields"]
    names = [each["name"] for each in fields]
    page = api.get("/services/data/v62.0/queryAll", q=f"SELECT {', '.join(names)} FROM {name}").json()
    while True:
        for record in page["records"]:
            yield {field: record[field] for field in names}
        if page["done"]:
            return
        page = api.get(page["nextRecordsUrl"]).json()


def _record(record: dict) -> dict:
    return {name if name.endswith("__c") else _snake(name): value for name, value in record.items()}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


STILL_SHOWN = {_snake(name): _still_listed(_snake(name)) for name in OBJECTS if name not in WHOLE}
