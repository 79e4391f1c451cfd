"""Contacts as JSON lines on disk: mostly as declared, some with a field nobody declared, a few unreadable."""

from pathlib import Path
from typing import Any

import orjson

from ingestion.resource import Resource
from ingestion.sources.hubspot.tables import RESOURCES

CONTACTS: Resource = next(resource for resource in RESOURCES if resource.name == "contacts")

UNDECLARED_EVERY = 100
UNREADABLE_EVERY = 1000


def write(path: Path, count: int) -> None:
    """Write that many records, the same ones each time."""
    with path.open("wb") as file:
        for number in range(count):
            file.write(orjson.dumps(_contact(number), option=orjson.OPT_APPEND_NEWLINE))


def _contact(number: int) -> dict[str, Any]:
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    contact = {
        "id": str(100_000 + number),
        "email": f"person{number}@example.com",
        "firstname": f"First{number % 997}",
        "lastname": f"Last{number % 7919}",
        "phone": f"+49 30 {number:08d}",
        "company": f"Company {number % 5000}",
        "jobtitle": "Head of things",
        "country": "DE",
        "lifecyclestage": ("lead", "marketingqualifiedlead", "salesqualifiedlead", "customer")[number % 4],
        "hs_lead_status": None,
        "hubspot_owner_id": str(number % 40),
        "hs_analytics_source": "PAID_SEARCH",
        "hs_analytics_source_data_1": "google",
        "hs_analytics_source_data_2": "spring",
        "associatedcompanyid": str(number % 5000),
        "ga_client_id": f"{number * 7919 % 10**9}.{1_700_000_000 + number}",
        "archived": number % 50 == 0,
        "createdate": f"{day}T08:{number % 60:02d}:00.123Z",
        "lastmodifieddate": f"{day}T09:{number % 60:02d}:00.456Z",
    }
    if number % UNDECLARED_EVERY == 0:
        contact["favourite_colour"] = "blue"
    if number % UNREADABLE_EVERY == 1:
        contact["createdate"] = "some time in May"
    return contact
