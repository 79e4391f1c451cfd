"""HubSpot's lists, as records with snake_case names at their first level."""

import re
from collections.abc import Iterator
from functools import cache
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


def snake(record: Record) -> Record:
    """The record with its names as raw tables write them."""
    return {_snake_name(name): value for name, value in record.items()}


@cache
def _snake_name(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
