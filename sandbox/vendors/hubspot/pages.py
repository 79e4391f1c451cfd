"""What HubSpot's lists have in common: list parameters, page sizes, cursors, the times around a record."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from sandbox import wire
from sandbox.clock import NEVER
from sandbox.vendor import Call
from sandbox.vendors.hubspot import errors

Row = dict[str, Any]


def names(call: Call, parameter: str) -> list[str]:
    """A list parameter, whether sent comma-separated, repeated, or both."""
    return [name for value in call.query.getlist(parameter) for name in value.split(",") if name]


def limit(call: Call, most: int, default: int = 10) -> int:
    """The page size that was asked for."""
    text = call.query.get("limit", str(default))
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise errors.invalid(f"The limit must be a number from 1 to {most}; it was {text}.")
    return int(text)


def flag(call: Call, parameter: str) -> bool:
    """A boolean parameter; the SDK writes True."""
    return call.query.get(parameter, "").lower() == "true"


def inputs(call: Call, most: int) -> list[Row]:
    """The inputs of a batch, each with an id."""
    sent = call.json.get("inputs") or []
    if len(sent) > most:
        raise errors.invalid(f"The maximum number of inputs supported in a batch request is {most}.")
    if not all(isinstance(each, dict) and "id" in each for each in sent):
        raise errors.invalid("Some required fields were not set: [id]")
    return sent


def cursor(call: Call) -> int:
    """Where the page starts; to clients this is opaque, here it is a number."""
    text = call.query.get("after") or "0"
    if not text.isdigit():
        raise errors.invalid(f"Invalid paging cursor: {text}", errors=[{"message": "not a cursor", "in": "after"}])
    return int(text)


def paging(call: Call, after: int | str) -> dict[str, Any]:
    """The way to the next page: a link carries every parameter of this one."""
    parameters = [(key, value) for key, value in call.query.multi_items() if key != "after"]
    link = f"{call.url.partition('?')[0]}?{urlencode([*parameters, ('after', after)])}"
    return {"paging": {"next": {"after": str(after), "link": link}}}


def page_by_offset(call: Call, frame: pd.DataFrame, size: int, show: Callable[[Row], Row]) -> dict[str, Any]:
    """A page of a short frame, with the way to the next one."""
    start = cursor(call)
    results = [show(row) for row in timed(frame.iloc[start : start + size])]
    return {"results": results, **(paging(call, start + size) if start + size < len(frame) else {})}


def archived_only(call: Call, frame: pd.DataFrame) -> pd.DataFrame:
    """The live records of a frame, or with archived=true the others."""
    return frame[(frame["archived_at"] != NEVER) == flag(call, "archived")]


def timed(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame, their `times` replaced by createdAt, updatedAt, archived as they are sent."""
    is_archived = frame["archived_at"] != NEVER if "archived_at" in frame else False
    shown = frame.assign(
        createdAt=wire.instants(frame["created_at"]), updatedAt=wire.instants(frame["updated_at"]), archived=is_archived
    )
    return wire.rows(shown)


def times(row: Row) -> Row:
    """The part of a record that says when it was made, changed, and whether it is archived."""
    return {key: row[key] for key in ("createdAt", "updatedAt", "archived")}
