"""How Marketo pages: by tokens into a log or a list, or by offset among assets; parameters come in query and form."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from sandbox import wire
from sandbox.vendor import Call
from sandbox.vendors.marketo import envelope
from sandbox.vendors.marketo.envelope import Row

BATCH, MAX_RETURN = 300, 200
_SCANNED = 1000  # entries of a log that one call looks through, whether or not it finds any of the kinds asked for


def asked(call: Call) -> dict[str, str]:
    """The parameters of a call: its query and, of a POST that stands for a GET, its form."""
    return {**call.query, **call.form}


def number(call: Call, name: str, default: int, most: int) -> int:
    """A number that was asked for."""
    text = asked(call).get(name, str(default))
    if not text.isdigit() or int(text) > most:
        raise envelope.refused(1003, f"Invalid value for field '{name}'")
    return int(text)


def instant(name: str, text: str) -> int:
    """A time that was sent; a + that arrived unescaped was read as a blank."""
    try:
        return wire.read_instant(text.strip().replace(" ", "+"))
    except ValueError:
        raise envelope.refused(1003, f"Invalid value for field '{name}'") from None


def since_token(call: Call) -> Row:
    """GET /rest/v1/activities/pagingtoken.json."""
    since = asked(call).get("sinceDatetime")
    if not since:
        raise envelope.refused(701, "sinceDatetime cannot be blank")
    return envelope.success(None, nextPageToken=_token(f"since:{instant('sinceDatetime', since)}"))


def log_page(call: Call, at: np.ndarray, is_wanted: np.ndarray, show: Callable[[Sequence[int]], list[Row]]) -> Row:
    """The next entries of a log in the order of `at`: moreResult may be true where the result is absent."""
    start = _position(call, at)
    window = np.flatnonzero(is_wanted[start : start + _SCANNED]) + start
    found = window[: number(call, "batchSize", BATCH, BATCH)]
    after = int(found[-1]) + 1 if len(found) < len(window) else min(start + _SCANNED, len(at))
    rows = show(found.tolist()) or None
    return envelope.success(rows, nextPageToken=_token(f"position:{after}"), moreResult=after < len(at))


def list_page(call: Call, rows: Sequence[int], show: Callable[[Sequence[int]], list[Row]]) -> Row:
    """The next records of a list; the last page has no token."""
    start = _position(call, np.array([])) if "nextPageToken" in asked(call) else 0
    end = start + number(call, "batchSize", BATCH, BATCH)
    more = {"nextPageToken": _token(f"position:{end}")} if end < len(rows) else {}
    return envelope.success(show(rows[start:end]), **more)


def asset_page(call: Call, rows: list[Row]) -> Row:
    """The assets from the offset on; behind the last one a warning, and no result."""
    offset = number(call, "offset", 0, 10**9)
    found = rows[offset : offset + number(call, "maxReturn", 20, MAX_RETURN)]
    nothing = "No assets found for the given search criteria."
    return envelope.success(found or None, errors=[], warnings=[] if found else [nothing])


def _position(call: Call, at: np.ndarray) -> int:
    token = asked(call).get("nextPageToken")
    if not token:
        raise envelope.refused(701, "nextPageToken cannot be blank")
    try:
        kind, _, value = base64.b32decode(token).decode().partition(":")
        return int(value) if kind == "position" else int(np.searchsorted(at, int(value)))
    except (binascii.Error, ValueError):
        raise envelope.refused(1003, "Invalid nextPageToken") from None


def _token(text: str) -> str:
    return base64.b32encode(text.encode()).decode()


def listed(call: Call, name: str, most: int) -> list[Any]:
    """The values of a parameter, which names them separated by commas."""
    values = [value for value in asked(call).get(name, "").split(",") if value]
    if not values:
        raise envelope.refused(701, f"{name} cannot be blank")
    if len(values) > most:
        raise envelope.refused(1003, f"Too many values for field '{name}', at most {most}")
    return values
