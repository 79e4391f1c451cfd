"""Clockify's lists, which are bare arrays, page by page."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from ingestion.client import Client
from ingestion.resource import Record

_SIZE = 1000


def list_pages(client: Client, path: str, **params: Any) -> Iterator[list[Record]]:
    """What a workspace's list holds; a page that is not full is the last."""
    for number in count(1):
        page = client.get(f"/api/v1/workspaces{path}", **params, **{"page": number, "page-size": _SIZE})
        yield page
        if len(page) < _SIZE:
            return
