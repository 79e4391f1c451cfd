"""What Harvest's lists have in common: numbered pages, each with links to its neighbours, and updated_since."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sandbox import wire
from sandbox.clock import day_number
from sandbox.vendor import Call
from sandbox.vendors.harvest import errors

Row = dict[str, Any]
MOST = 2000  # per page, and what comes unasked


def page(call: Call, key: str, found: Sequence[Any], show: Callable[[Sequence[Any]], list[Row]]) -> Row:
    """The page of `found` that was asked for, under `key`."""
    size, number = _number(call, "per_page", MOST, most=MOST), _number(call, "page", 1)
    last = max(1, -(-len(found) // size))
    following, previous = (number + 1 if number < last else None), (number - 1 if number > 1 else None)
    neighbours = {"first": 1, "next": following, "previous": previous, "last": last}
    return {
        key: show(found[(number - 1) * size : number * size]),
        "per_page": size,
        "total_pages": last,
        "total_entries": len(found),
        "next_page": following,
        "previous_page": previous,
        "page": number,
        "links": {name: target and _link(call, name, target, size) for name, target in neighbours.items()},
    }


def instant(call: Call, name: str) -> int | None:
    """A time that was sent, in ms UTC."""
    if not (text := call.query.get(name)):
        return None
    try:
        return wire.read_instant(text.replace(" ", "+"))
    except ValueError:
        raise errors.invalid(f"{name} is not a valid date-time") from None


def day(call: Call, name: str) -> int | None:
    """A day that was sent."""
    if not (text := call.query.get(name)):
        return None
    try:
        return day_number(date.fromisoformat(text))
    except ValueError:
        raise errors.invalid(f"{name} is not a valid date") from None


def _link(call: Call, name: str, number: int, size: int) -> str:
    query = {**call.query, "page": number, "per_page": size, "ref": name}
    return f"{call.url.partition('?')[0]}?{urlencode(query)}"


def _number(call: Call, name: str, default: int, most: int | None = None) -> int:
    text = call.query.get(name, str(default))
    if not text.isdigit() or int(text) < 1 or (most and int(text) > most):
        raise errors.invalid(f"{name} is not valid")
    return int(text)
