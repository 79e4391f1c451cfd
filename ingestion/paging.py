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
    """The items of each page until as many were offered as the vendor counts, or a page is empty.

    Items that leave meanwhile move those behind them to where was read already: when the vendor counts fewer than
    ever before, reading goes back by as many. Some items then come twice, and none is passed by, unless newcomers
    further back hide from the count that others left.
    """
    offset = 0
    fewest: int | None = None
    while True:
        page = fetch(offset)
        found, count = page.get(items) or [], int(page.get(total) or 0)
        if fewest is not None and count < fewest:
            offset, fewest = max(0, offset - (fewest - count)), count
            continue
        if found:
            yield found
        offset, fewest = offset + len(found), count if fewest is None else min(fewest, count)
        if not found or offset >= count:
            return
