"""Harvest's time entries, by day: those of the last weeks again, and all since the oldest that has changed.

A deleted entry leaves no trace, so that days are read whole; a change of an old one moves its updated_at.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from ingestion.client import Client
from ingestion.reading import Item, Page, Span, Whole, each_day
from ingestion.sources.harvest.pages import flat, list_pages

RESTATED = 60  # days for which deletes are looked for
_OVERLAP = timedelta(hours=1)
_TABLE = "time_entries"


def read_time_entries(client: Client, span: Span) -> Iterator[Item]:
    """The days that may have moved, each as a whole."""
    first, last = _days(client, span)
    if first is not None:
        days = each_day(first, last)
        yield Whole(_TABLE, [{"spent_date": day} for day in days])
    for entries in list_pages(client, "/time_entries", _TABLE, **{"from": first, "to": last}):
        yield Page(_TABLE, [flat(entry, "user", "client", "project", "task") for entry in entries])


def _days(client: Client, span: Span) -> tuple[date | None, date]:
    """The first day to read (None: of all there is) and the last."""
    first, last = span.days(RESTATED, span.zone)
    if span.since is None:
        return None, last
    if span.is_range:
        return first, last
    since = span.changed_since(_OVERLAP)
    changed = list_pages(client, "/time_entries", _TABLE, updated_since=since and since.isoformat())
    return min([first, *(day for page in changed for entry in page if (day := _day(entry)))]), last


def _day(entry: dict[str, object]) -> date | None:
    """When the work was done; nothing where the entry does not say it readably."""
    try:
        return date.fromisoformat(str(entry.get("spent_date")))
    except ValueError:
        return None
