"""HubSpot's search, by id: each page is a search behind the last id.

Pages by offset would pass records by where one is edited meanwhile, leaves the result, and others take its place; and
they end after 10,000 results.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingestion.client import Client
from ingestion.paging import Page, by_cursor
from ingestion.resource import Record
from ingestion.sources.hubspot.pages import next_after
from ingestion.sources.hubspot.tables import LAST_MODIFIED, OBJECTS

_LIMIT = 200


def search_pages(client: Client, object_type: str, since: datetime, until: datetime) -> Iterator[list[Record]]:
    """The records modified in the time, page by page, by id."""
    modified = LAST_MODIFIED.get(object_type, "hs_lastmodifieddate")

    def fetch(last_id: str | None) -> Any:
        filters = [
            {"propertyName": modified, "operator": "GTE", "value": _milliseconds(since)},
            {"propertyName": modified, "operator": "LTE", "value": _milliseconds(until)},
            {"propertyName": "hs_object_id", "operator": "GT", "value": last_id or "0"},
        ]
        body = {
            "filterGroups": [{"filters": filters}],
            "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
            "properties": OBJECTS[object_type].names,
            "limit": _LIMIT,
        }
        return client.post(f"/crm/v3/objects/{object_type}/search", body)

    for page in by_cursor(fetch, _last_id):
        yield page["results"]


def _last_id(page: Page) -> str | None:
    """The id to go on behind; the last page has none."""
    return page["results"][-1]["id"] if next_after(page) else None


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))
