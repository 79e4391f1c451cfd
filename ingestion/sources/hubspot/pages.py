"""HubSpot's lists, page by page."""

from collections.abc import Iterator
from typing import Any

from ingestion.client import Client
from ingestion.paging import Page, by_cursor
from ingestion.resource import Record


def list_pages(client: Client, path: str, **params: Any) -> Iterator[list[Record]]:
    """The results of a list, page by page."""
    for page in by_cursor(lambda after: client.get(path, after=after, **params), next_after):
        yield page["results"]


def list_with_archived(client: Client, path: str, **params: Any) -> Iterator[list[Record]]:
    """The same of what is there, and then of what is archived."""
    for archived in ("false", "true"):
        yield from list_pages(client, path, archived=archived, **params)


def next_after(page: Page) -> str | None:
    """The cursor to the next page; the last page has none."""
    return ((page.get("paging") or {}).get("next") or {}).get("after")
