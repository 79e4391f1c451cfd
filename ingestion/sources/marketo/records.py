"""Marketo's records as raw tables take them, alike whether they came as JSON or as a bulk extract's CSV."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from ingestion.resource import Record
from ingestion.snake_case import snake

_NOTHING = ("", "null")
_FLAGS = {"true": True, "1": True, "false": False, "0": False}
_READ: Mapping[str, Callable[[str], Any]] = {
    "boolean": _FLAGS.__getitem__,
    **dict.fromkeys(("integer", "score", "float", "percent", "currency"), orjson.loads),
}


def iso(moment: datetime) -> str:
    """A moment as Marketo takes it; it knows whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def lead(record: Record) -> Record:
    """A lead without the fields that hold nothing, which are most."""
    return {name: value for name, value in snake(record).items() if value is not None}


def activity(record: Record) -> Record:
    """An activity whose attributes are one object."""
    return {**snake(record), "attributes": _attributes(record.get("attributes"))}


def asset(record: Record) -> Record:
    """A program, whose times read 2026-02-02T08:00:00Z+0000."""
    times = {name: value.removesuffix("+0000") for name, value in record.items() if _is_time(name, value)}
    return snake({**record, **times})


def of_csv(row: dict[str, str], types: Mapping[str, str]) -> Record:
    """A row of a bulk extract, its values as JSON would have them: empty and the word null are nothing.

    `types` are Marketo's data types by field; what is not of its type stays text.
    """
    return {name: None if value in _NOTHING else _of_type(value, types.get(name)) for name, value in row.items()}


def _of_type(value: str, data_type: str | None) -> Any:
    read = _READ.get(data_type or "")
    try:
        return value if read is None else read(value)
    except (KeyError, ValueError):
        return value


def _is_time(name: str, value: Any) -> bool:
    return name.endswith("At") and isinstance(value, str)


def _attributes(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            return value
    if isinstance(value, list):
        return {each["name"]: each.get("value") for each in value if isinstance(each, dict) and "name" in each}
    return value
