"""Stripe's objects of a kind: new ones from their list, changed ones from the events of the last 30 days.

Objects do not say when they changed. Events do, but hold the object in the account's version of the API and not in
ours; so an event only names what to ask for again.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page, Span
from ingestion.resource import Record
from ingestion.sources.stripe.tables import EVENTS, TIMES

_LIMIT = 100
_OVERLAP = timedelta(hours=1)
_RETAINED = timedelta(days=29)  # Stripe keeps events for 30 days


def read_kind(client: Client, span: Span, kind: str) -> Iterator[Item]:
    """What is new and what has changed; everything where events no longer tell."""
    since = span.changed_since(_OVERLAP)
    if since and not span.is_range and since < span.until - _RETAINED:
        since = None
    seen: set[Any] = set()
    for objects in _listed(client, kind, since, span.until):
        seen |= {each.get("id") for each in objects}
        yield Page(kind, [_record(each) for each in objects])
    if since and not span.is_range:
        for id, is_deleted in _changed(client, kind, since, span.until).items():
            if id not in seen:
                changed = {"id": id, "deleted": True} if is_deleted else client.get(f"/v1/{kind}/{id}")
                yield Page(kind, [_record(changed)])


def _changed(client: Client, kind: str, since: datetime, until: datetime) -> dict[str, bool]:
    """The ids of the objects that events tell of, and whether they were deleted."""
    changed: dict[str, bool] = {}
    for events in _listed(client, "events", since, until, types=EVENTS[kind]):
        for event in events:
            id = event["data"]["object"]["id"]
            changed[id] = changed.get(id, False) or event["type"].endswith(".deleted")
    return changed


def _listed(
    client: Client, kind: str, since: datetime | None, until: datetime, types: tuple[str, ...] = ()
) -> Iterator[list[Record]]:
    """The objects created in the time, newest first, page by page."""
    asked: dict[str, Any] = {"limit": _LIMIT, "created[lte]": int(until.timestamp())}
    if since:
        asked["created[gte]"] = int(since.timestamp())
    if types:
        asked["types[]"] = list(types)

    def following(page: Record) -> str | None:
        return page["data"][-1]["id"] if page["has_more"] else None

    for page in by_cursor(lambda after: client.get(f"/v1/{kind}", **asked, starting_after=after), following):
        yield page["data"]


def _record(object: Record) -> Record:
    """The object with the times of its states beside its own, all as milliseconds."""
    record = {**(object.get("status_transitions") or {}), **object}
    times = {name: int(record[name]) * 1000 for name in TIMES if str(record.get(name)).isdigit()}
    return {**record, **times}
