"""Zendesk's tickets by incremental export, with the users on them, and the satisfaction ratings."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.reading import Item, Page, Span
from ingestion.resource import Record

_OVERLAP = timedelta(hours=1)
_RATED = timedelta(days=45)  # how long after it was asked for a rating may change; a ticket closes before
_EXPORTED, _LISTED = 1000, 100


def read_tickets(client: Client, span: Span) -> Iterator[Item]:
    """The tickets that changed, be it by a job of Zendesk's own, which leaves updated_at as it was."""
    start_time = _unix(span.changed_since(_OVERLAP)) or 0
    path = "/api/v2/incremental/tickets/cursor.json"

    def fetch(cursor: str | None) -> Any:
        since = None if cursor else start_time
        return client.get(path, include="users,metric_sets", per_page=_EXPORTED, start_time=since, cursor=cursor)

    for page in by_cursor(fetch, lambda page: None if page["end_of_stream"] else page["after_cursor"]):
        yield Page("tickets", [_ticket(each) for each in page["tickets"]])
        yield Page("users", page.get("users") or [])


def read_ratings(client: Client, span: Span) -> Iterator[Item]:
    """The ratings asked for recently, whether given or not."""
    start_time = _unix(span.changed_since(_RATED))

    def fetch(cursor: str | None) -> Any:
        following = {"page[after]": cursor} if cursor else {}
        size = {"page[size]": _LISTED}
        return client.get("/api/v2/satisfaction_ratings.json", start_time=start_time, **size, **following)

    def next_cursor(page: Any) -> str | None:
        return page["meta"]["after_cursor"] if page["meta"]["has_more"] else None

    for page in by_cursor(fetch, next_cursor):
        yield Page("satisfaction_ratings", page["satisfaction_ratings"])


def _ticket(ticket: Record) -> Record:
    """The ticket with what its parts say beside its own fields."""
    metrics, rating = ticket.get("metric_set") or {}, ticket.get("satisfaction_rating") or {}
    generated = ticket.get("generated_timestamp")
    return {
        **ticket,
        **{name: metrics.get(name) for name in ("reopens", "replies", "solved_at")},
        "channel": (ticket.get("via") or {}).get("channel"),
        "satisfaction_score": rating.get("score"),
        "generated_timestamp": generated * 1000 if isinstance(generated, int) else generated,
    }


def _unix(moment: datetime | None) -> int | None:
    """A moment in seconds, as Zendesk takes it."""
    return None if moment is None else int(moment.timestamp())
