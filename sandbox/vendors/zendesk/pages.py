"""How Zendesk pages: exports by cursor or by time to the end of the stream, lists by cursor or by number of page."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from sandbox.clock import MINUTE, SECOND
from sandbox.vendor import Call
from sandbox.vendors.zendesk import errors

Row = dict[str, Any]
Show = Callable[[Sequence[int]], Row]  # the body of a page of records at positions

MOST_EXPORTED, MOST_LISTED, OFFSET_PAGES = 1000, 100, 100


def export_by_cursor(call: Call, stamps: Sequence[int], as_of: int, show: Show) -> Row:
    """A page of records (in order of their stamps, ms) from start_time or a cursor on."""
    start = _from_cursor(call.query["cursor"]) if "cursor" in call.query else _from_time(call, stamps, as_of)
    end = start + _size(call, "per_page", MOST_EXPORTED)
    kept = {name: call.query[name] for name in ("per_page", "include") if name in call.query}
    cursor = _cursor(min(end, len(stamps)))
    return {
        **show(range(start, min(end, len(stamps)))),
        "after_cursor": cursor,
        "after_url": address(call, cursor=cursor, **kept),
        "before_cursor": None,
        "before_url": None,
        "end_of_stream": end >= len(stamps),
    }


def export_by_time(call: Call, stamps: Sequence[int], as_of: int, show: Show) -> Row:
    """The same by start_time alone: the last second of a page begins the next, so that records come twice."""
    start = _from_time(call, stamps, as_of)
    end = min(start + _size(call, "per_page", MOST_EXPORTED), len(stamps))
    while start < end < len(stamps) and stamps[end] // SECOND == stamps[start] // SECOND:
        end += 1
    last = stamps[end - 1] // SECOND if end > start else None
    kept = {name: call.query[name] for name in ("per_page", "include") if name in call.query}
    return {
        **show(range(start, end)),
        "count": end - start,
        "end_time": last,
        "next_page": address(call, start_time=last, **kept) if last else None,
        "end_of_stream": end >= len(stamps),
    }


def page(call: Call, count: int, show: Show) -> Row:
    """A page of a list: page[size] and page[after], or per_page and page."""
    if "page[size]" not in call.query:
        return _numbered(call, count, show)
    start = _from_cursor(call.query["page[after]"]) if "page[after]" in call.query else 0
    end = start + _size(call, "page[size]", MOST_LISTED)
    others = {name: value for name, value in call.query.items() if name != "page[after]"}
    following = address(call, **{**others, "page[after]": _cursor(end)}) if end < count else None
    return {
        **show(range(start, min(end, count))),
        "meta": {"has_more": end < count, "after_cursor": _cursor(end) if end < count else None, "before_cursor": None},
        "links": {"next": following, "prev": None},
    }


def _numbered(call: Call, count: int, show: Show) -> Row:
    size, text = _size(call, "per_page", MOST_LISTED), call.query.get("page", "1")
    number = int(text) if text.isdigit() else 1
    if number > OFFSET_PAGES:
        raise errors.invalid("InvalidPaginationDepth", "Limit of 10,000 records reached; use cursor pagination")
    start, end = (number - 1) * size, number * size
    others = {name: value for name, value in call.query.items() if name != "page"}
    return {
        **show(range(start, min(end, count))),
        "count": count,
        "next_page": address(call, **others, page=number + 1) if end < count else None,
        "previous_page": address(call, **others, page=number - 1) if number > 1 else None,
    }


def address(call: Call, **query: Any) -> str:
    """The called path with another query, at the host the caller believes in."""
    parts = urlsplit(call.url)
    forwarded = call.headers.get("x-forwarded-host")
    origin = f"https://{forwarded}" if forwarded else f"{parts.scheme}://{parts.netloc}"
    return f"{origin}{parts.path}?{urlencode(query)}"


def _from_time(call: Call, stamps: Sequence[int], as_of: int) -> int:
    """The first record whose stamp is not before start_time."""
    text = call.query.get("start_time", "")
    if not text.isdigit():
        raise errors.invalid("InvalidValue", "Invalid start_time")
    moment = int(text) * SECOND
    if moment > as_of - MINUTE:
        raise errors.invalid("StartTimeTooRecent", "Too recent start_time. Use a start_time older than 60 seconds")
    return sum(stamp < moment for stamp in stamps)


def _size(call: Call, name: str, most: int) -> int:
    text = call.query.get(name, str(most))
    return max(1, min(int(text), most)) if text.isdigit() else most


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(f"position:{position}".encode()).decode()


def _from_cursor(text: str) -> int:
    try:
        name, _, position = base64.urlsafe_b64decode(text).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        name, position = "", ""
    if name != "position" or not position.isdigit():
        raise errors.invalid("InvalidCursor", "Invalid cursor")
    return int(position)
