"""Harvest's lists, page by page, and its records, flat."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ingestion.client import Client
from ingestion.paging import by_cursor
from ingestion.resource import Record

_PER_PAGE = 2000


def list_pages(client: Client, path: str, items: str, **params: Any) -> Iterator[list[Record]]:
    """What a list holds under `items`. Of the link to the next page only the query is followed, never its host."""

    def fetch(link: str | None) -> Any:
        query: dict[str, Any] = dict(parse_qsl(urlsplit(link).query)) if link else {**params, "per_page": _PER_PAGE}
        return client.get(f"/v2{path}", **query)

    for page in by_cursor(fetch, lambda page: page["links"]["next"]):
        yield page[items]


def flat(record: Record, *parts: str) -> Record:
    """The record with each field of its parts beside its own: user.name as user_name."""
    inner = {
        f"{part}_{name}": value
        for part in parts
        if isinstance(record.get(part), dict)
        for name, value in record[part].items()
    }
    return {**record, **inner}
