"""The parameters of TikTok's GETs: lists and objects are JSON within the query string."""

from datetime import date
from typing import Any

import orjson

from sandbox.clock import day_number
from sandbox.vendor import Call
from sandbox.vendors.tiktok_ads.envelope import BAD_PARAMETERS, refused

MAX_PAGE = 1000


def text(call: Call, name: str) -> str:
    """A parameter that has to be there."""
    if name not in call.query:
        raise refused(BAD_PARAMETERS, f"{name}: Missing data for required field.")
    return call.query[name]


def json(call: Call, name: str, default: Any) -> Any:
    """A parameter that is JSON of the default's type."""
    if name not in call.query:
        return default
    try:
        value = orjson.loads(call.query[name])
    except orjson.JSONDecodeError:
        value = None
    if not isinstance(value, type(default)):
        raise refused(BAD_PARAMETERS, f"{name}: Not a valid {type(default).__name__}.")
    return value


def day(call: Call, name: str) -> int:
    """A parameter that is a date, as a day number."""
    try:
        return day_number(date.fromisoformat(text(call, name)))
    except ValueError:
        raise refused(BAD_PARAMETERS, f"{name}: Not a valid date.") from None


def page(call: Call) -> tuple[int, int]:
    """The number of the page, from 1 on, and its size."""
    number, size = call.query.get("page", "1"), call.query.get("page_size", "10")
    if not number.isdigit() or int(number) < 1:
        raise refused(BAD_PARAMETERS, "page: Must be greater than or equal to 1.")
    if not size.isdigit() or not 1 <= int(size) <= MAX_PAGE:
        raise refused(BAD_PARAMETERS, f"page_size: Must be between 1 and {MAX_PAGE}.")
    return int(number), int(size)
