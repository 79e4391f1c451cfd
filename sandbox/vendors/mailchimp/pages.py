"""What Mailchimp's lists have in common: count and offset, since and before, sorting, chosen fields."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sandbox import clock, wire
from sandbox.vendor import Call
from sandbox.vendors.mailchimp import errors

Row = dict[str, Any]
MAX_COUNT = 1000


def page(
    call: Call, key: str, positions: np.ndarray, show: Callable[[Sequence[int]], list[Row]], **beside: Any
) -> dict[str, Any]:
    """The page of `positions` that was asked for, under `key`; total_items counts what the filters let through."""
    count = _number(call, "count", 10, most=MAX_COUNT)
    offset = _number(call, "offset", 0)
    rows = show(positions[offset : offset + count].tolist())
    return chosen(call, {key: rows, **beside, "total_items": len(positions), "_links": []})


def chosen(call: Call, body: Row) -> Row:
    """The body with only the `fields`, or without the `exclude_fields`, that were asked for as dotted paths."""
    if fields := call.query.get("fields"):
        return _only(body, _tree(fields))
    if excluded := call.query.get("exclude_fields"):
        return _without(body, _tree(excluded))
    return body


def matching(call: Call, frame: pd.DataFrame, bounds: Mapping[str, str]) -> np.ndarray:
    """A mask of the rows whose times lie within since_<name> and before_<name>; `bounds` maps a name to its column."""
    mask = np.ones(len(frame), dtype=bool)
    for name, column in bounds.items():
        if since := call.query.get(f"since_{name}"):
            mask &= (frame[column] > instant(f"since_{name}", since)).to_numpy() & (frame[column] != clock.NEVER)
        if before := call.query.get(f"before_{name}"):
            mask &= (frame[column] < instant(f"before_{name}", before)).to_numpy()
    return mask


def ordered(call: Call, frame: pd.DataFrame, positions: np.ndarray, sortable: Mapping[str, str]) -> np.ndarray:
    """Positions by the sort_field asked for, in their own order without one."""
    field, direction = call.query.get("sort_field"), call.query.get("sort_dir", "ASC").upper()
    if not field:
        return positions
    if field not in sortable:
        raise errors.invalid("sort_field", f"Value must be one of: {', '.join(sortable)}.")
    values = frame[sortable[field]].to_numpy()[positions]
    return positions[np.argsort(-values if direction == "DESC" else values, kind="stable")]


def instant(parameter: str, text: str) -> int:
    """A time that was sent; a + that arrived unescaped was read as a blank."""
    try:
        return wire.read_instant(text.strip().replace(" ", "+"))
    except ValueError:
        raise errors.invalid(parameter, "Data did not match the expected format: ISO 8601 date-time.") from None


def _number(call: Call, name: str, default: int, most: int | None = None) -> int:
    text = call.query.get(name, str(default))
    if not text.isdigit() or (most and int(text) > most):
        raise errors.invalid(name, f"Value must be a number{f' of at most {most}' if most else ''}.")
    return int(text)


def _tree(paths: str) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for path in paths.split(","):
        node = tree
        for part in path.strip().split("."):
            node = node.setdefault(part, {})
    return tree


def _only(value: Any, tree: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_only(each, tree) for each in value]
    if not tree or not isinstance(value, dict):
        return value
    return {key: _only(value[key], below) for key, below in tree.items() if key in value}


def _without(value: Any, tree: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_without(each, tree) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: each for key, each in value.items() if tree.get(key) != {}}
    return {key: _without(each, tree[key]) if key in tree else each for key, each in kept.items()}
