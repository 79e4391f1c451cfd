"""HubSpot's CRM objects: what is new or changed, what is archived, what is still there, and what hangs on them."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span, Whole
from ingestion.resource import Record
from ingestion.snake_case import snake
from ingestion.sources.hubspot.associations import read_associations
from ingestion.sources.hubspot.pages import list_pages
from ingestion.sources.hubspot.search import search_pages
from ingestion.sources.hubspot.tables import ASSOCIATED, HISTORY, OBJECTS

_OVERLAP = timedelta(hours=1)  # the search index lags
_LIST_LIMIT, _HISTORY_LIMIT = 100, 50


def read(client: Client, span: Span, object_type: str, without: Collection[str] = ()) -> Iterator[Item]:
    """One object type: its records, their history and associations, and the ids of all that still exist.

    Associations with object types that are left out are, too.
    """
    since = span.changed_since(_OVERLAP)
    path = f"/crm/v3/objects/{object_type}"
    properties = ",".join(OBJECTS[object_type].names)
    if since is None:
        limit = _HISTORY_LIMIT if object_type in HISTORY else _LIST_LIMIT
        pages = list_pages(
            client, path, limit=limit, properties=properties, propertiesWithHistory=HISTORY.get(object_type)
        )
    else:
        pages = _with_history(client, object_type, search_pages(client, object_type, since, span.until))
    ids: list[str] = []
    for records in pages:
        ids += [record["id"] for record in records]
        yield Page(object_type, [_flat(record) for record in records])
        yield from _read_history(object_type, records)
    for to_type in ASSOCIATED.get(object_type, ()):
        if to_type not in without:
            yield from read_associations(client, object_type, to_type, ids)
    for records in list_pages(client, path, limit=_LIST_LIMIT, properties=properties, archived="true"):
        yield Page(object_type, [_flat(record) for record in records])
        yield _object_ids(object_type, [record["id"] for record in records], archived=True)
    if since is None:
        yield _object_ids(object_type, ids, archived=False)
    else:
        for records in list_pages(client, path, limit=_LIST_LIMIT, properties="hs_object_id"):
            yield _object_ids(object_type, [record["id"] for record in records], archived=False)


def _object_ids(object_type: str, ids: list[str], archived: bool) -> Item:
    return Page("object_ids", [{"object_type": object_type, "id": each, "archived": archived} for each in ids])


def _flat(record: Record) -> Record:
    """Properties and what stands beside them as one record."""
    return {**record["properties"], **snake({name: record[name] for name in record if name != "properties"})}


def _with_history(client: Client, object_type: str, pages: Iterator[list[Record]]) -> Iterator[list[Record]]:
    """Searches give no history: where it is wanted, what was found is read again in batches."""
    if object_type not in HISTORY:
        yield from pages
        return
    for found in pages:
        for start in range(0, len(found), _HISTORY_LIMIT):
            body = {
                "properties": OBJECTS[object_type].names,
                "propertiesWithHistory": [HISTORY[object_type]],
                "inputs": [{"id": record["id"]} for record in found[start : start + _HISTORY_LIMIT]],
            }
            yield client.post(f"/crm/v3/objects/{object_type}/batch/read", body)["results"]


def _read_history(object_type: str, records: list[Record]) -> Iterator[Item]:
    """The history of each record as a whole."""
    if object_type not in HISTORY:
        return
    yield Whole("contact_lifecycle_history", [{"contact_id": record["id"]} for record in records])
    entries = [
        {"contact_id": record["id"], **snake(entry)}
        for record in records
        for entry in record["propertiesWithHistory"].get(HISTORY[object_type], ())
    ]
    yield Page("contact_lifecycle_history", entries)
