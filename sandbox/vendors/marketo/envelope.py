"""Marketo's envelope: logic errors are HTTP 200 with success false; codes are text."""

from itertools import count
from typing import Any

from sandbox.vendor import Answer, Refused

Row = dict[str, Any]
_requests = count(1)


def success(result: list[Row] | None, **beside: Any) -> Row:
    """A good answer; a result that is None is left out, as Marketo leaves out an empty page."""
    return {"requestId": _request_id(), "success": True, **({} if result is None else {"result": result}), **beside}


def failure(code: int, message: str) -> Answer:
    """An error as every endpoint but identity gives it."""
    errors = [{"code": str(code), "message": message}]
    return Answer({"requestId": _request_id(), "success": False, "errors": errors})


def refused(code: int, message: str) -> Refused:
    """The same, to be raised."""
    return Refused(failure(code, message))


def rate_limited() -> Answer:
    """A hundred calls in twenty seconds are allowed."""
    return failure(606, "Max rate limit '100' exceeded with in '20' secs")


def unavailable() -> Answer:
    """A passing trouble of Marketo's own."""
    return failure(608, "API Temporarily Unavailable")


def _request_id() -> str:
    number = next(_requests)
    return f"{number % 65536:x}#{0x1583E3F2 + number:x}"
