"""The ways vendors page, each once: a cursor out of the last page, or an offset until there is no more."""

from collections.abc import Callable, Iterator
from typing import Any

Page = dict[str, Any]


def by_cursor(fetch: Callable[[Any], Page], next_cursor: Callable[[Page], Any]) -> Iterator[Page]:
    """Pages until one names no next cursor; `fetch` gets None for the first.

    A cursor that comes twice would go round for ever; it ends with a ValueError.
    """
    cursor, seen = None, set()
    while True:
        page = fetch(cursor)
        yield page
        cursor = next_cursor(page)
        if not cursor:
            return
        if cursor in seen:
            raise ValueError("the vendor's pages go round in a circle")
        seen.add(cursor)


def by_offset(fetch: Callable[[int], Page], items: str, total: str) -> Iterator[list[Any]]:
    """The items of each page until as many were offered as the vendor counts, or a page is empty."""
    offset = 0
    while True:
        page = fetch(offset)
        found = page.get(items) or []
        if found:
            yield found
        offset += len(found)
        if not found or offset >= int(page.get(total) or 0):
            return
