"""TikTok's envelope, in which everything comes with HTTP 200: what went well with code 0, what did not with another."""

from typing import Any

from sandbox.vendor import Answer, Refused

OK, NO_PERMISSION, BAD_PARAMETERS, RATE_LIMITED, BAD_TOKEN, NOT_FOUND, BROKEN = (
    0,
    40001,
    40002,
    40100,
    40105,
    40006,
    50000,
)


def envelope(data: Any, code: int = OK, message: str = "OK") -> Answer:
    """An answer of TikTok."""
    return Answer({"code": code, "message": message, "request_id": "20260630215959SANDBOX", "data": data})


def refused(code: int, message: str) -> Refused:
    """A failure, which HTTP knows nothing of."""
    return Refused(envelope({}, code, message))


def listed(items: list[Any], page: int, size: int) -> Answer:
    """A page of a list, and how many there are."""
    start = (page - 1) * size
    info = {"page": page, "page_size": size, "total_number": len(items), "total_page": -(-len(items) // size)}
    return envelope({"list": items[start : start + size], "page_info": info})
