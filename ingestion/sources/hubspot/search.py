"""HubSpot's search, which ends after 10,000 results and then has to begin anew behind the last id."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.resource import Record
from ingestion.sources.hubspot.pages import next_after
from ingestion.sources.hubspot.tables import LAST_MODIFIED, OBJECTS

MOST_RESULTS = 10_000
_LIMIT = 200


def search_pages(client: Client, object_type: str, since: datetime, until: datetime) -> Iterator[list[Record]]:
    """The records modified in the time, page by page, by id."""
    last_id = "0"
    while True:
        found = 0
        for page in _one_search(client, object_type, since, until, last_id):
            if not page:
                return
            yield page
            found += len(page)
            last_id = page[-1]["id"]
            if found + _LIMIT > MOST_RESULTS:
                break
        else:
            return


def _one_search(
    client: Client, object_type: str, since: datetime, until: datetime, after_id: str
) -> Iterator[list[Record]]:
    modified = LAST_MODIFIED.get(object_type, "hs_lastmodifieddate")
    body = {
        "filterGroups": [
            {
                "filters": [
                    {"propertyName": modified, "operator": "GTE", "value": _milliseconds(since)},
                    {"propertyName": modified, "operator": "LTE", "value": _milliseconds(until)},
                    {"propertyName": "hs_object_id", "operator": "GT", "value": after_id},
                ]
            }
        ],
        "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
        "properties": OBJECTS[object_type].names,
        "limit": _LIMIT,
    }

    def fetch(after: Any) -> Any:
        return client.post(f"/crm/v3/objects/{object_type}/search", body if after is None else {**body, "after": after})

    for page in by_cursor(fetch, next_after):
        yield page["results"]


def _milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))
