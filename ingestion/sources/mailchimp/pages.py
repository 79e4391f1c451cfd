"""Mailchimp's lists, page by page."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ingestion.client import Client
from ingestion.paging import by_offset
from ingestion.resource import Record

_COUNT = 1000


def list_pages(client: Client, path: str, items: str, **params: Any) -> Iterator[list[Record]]:
    """What a list holds under `items`."""
    return by_offset(
        lambda offset: client.get(f"/3.0{path}", count=_COUNT, offset=offset, **params), items, total="total_items"
    )


def iso(moment: datetime | None) -> str | None:
    """A moment as Mailchimp takes it; it knows whole seconds."""
    return None if moment is None else moment.replace(microsecond=0).isoformat()
