"""What Klaviyo's collections have in common: filters, sorting, chosen fields, and cursors in links."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np
import pandas as pd

from sandbox import wire
from sandbox.vendor import Answer, Call
from sandbox.vendors.klaviyo import errors

Row = dict[str, Any]

_TERM = re.compile(r"""([a-z-]+)\(([\w.]+),\s*("[^"]*"|'[^']*'|[^,()]+)\)""")
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "equals": np.equal,
    "greater-than": np.greater,
    "greater-or-equal": np.greater_equal,
    "less-than": np.less,
    "less-or-equal": np.less_equal,
}


def page(
    call: Call, rows: Sequence[int], show: Callable[[Sequence[int]], list[Row]], default: int, most: int, **beside: Any
) -> Answer:
    """The page of `rows` that was asked for, with the link to the next."""
    start, size = _cursor(call), _size(call, default, most)
    shown = show(list(rows[start : start + size]))
    return document(call, chosen(call, shown), start + size if start + size < len(rows) else None, **beside)


def document(call: Call, data: list[Row], after: int | None = None, **beside: Any) -> Answer:
    """Records as a JSON:API document."""
    links = {"self": call.url, "next": None if after is None else _link(call, after), "prev": None}
    return Answer({"data": data, "links": links, **beside}, media_type=errors.MEDIA_TYPE)


def resource(call: Call, kind: str, key: str, attributes: Row, relationships: Row | None = None) -> Row:
    """One record as JSON:API has it."""
    parts = urlsplit(call.url)
    link = f"{parts.scheme}://{parts.netloc}/api/{kind}s/{key}/"
    own = {"relationships": relationships} if relationships else {}
    return {"type": kind, "id": key, "attributes": attributes, **own, "links": {"self": link}}


def filtered(call: Call, columns: Mapping[str, pd.Series]) -> np.ndarray:
    """A mask of the rows that meet every term of `filter`; times are compared as instants."""
    mask = np.ones(len(next(iter(columns.values()))), dtype=bool)
    text = call.query.get("filter", "")
    terms = _TERM.findall(text)
    if text and not terms:
        raise errors.invalid("filter", f"Invalid filter: {text}")
    for operator, field, literal in terms:
        if field not in columns or operator not in _COMPARE:
            raise errors.invalid("filter", f"'{field}' is not a filterable field with '{operator}'.")
        column = columns[field].to_numpy()
        mask &= _COMPARE[operator](column, _value(literal.strip("\"'"), column))
    return mask


def ordered(call: Call, rows: np.ndarray, columns: Mapping[str, pd.Series], default: str) -> np.ndarray:
    """Rows by the field of `sort`, from the last one with a minus before it."""
    asked = call.query.get("sort", default)
    field = asked.removeprefix("-")
    if field not in columns:
        raise errors.invalid("sort", f"'{field}' is not a sortable field.")
    by_value = rows[np.argsort(columns[field].to_numpy()[rows], kind="stable")]
    return by_value[::-1] if asked.startswith("-") else by_value


def chosen(call: Call, records: list[Row]) -> list[Row]:
    """Records with only the attributes that `fields[type]` asks for."""
    for record in records:
        if wanted := call.query.get(f"fields[{record['type']}]"):
            names = set(wanted.split(","))
            record["attributes"] = {name: value for name, value in record["attributes"].items() if name in names}
    return records


def seconds(column: pd.Series) -> wire.Texts:
    """Instants as 2026-02-02T08:00:00+00:00."""
    return wire.seconds(column)


def _value(text: str, column: np.ndarray) -> Any:
    if column.dtype == bool:
        return text == "true"
    if column.dtype != np.int64:
        return text
    try:
        return wire.read_instant(text.replace(" ", "+"))
    except ValueError:
        raise errors.invalid("filter", f"'{text}' is not a valid datetime.") from None


def _size(call: Call, default: int, most: int) -> int:
    text = call.query.get("page[size]", str(default))
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise errors.invalid("page[size]", f"Page size must be an integer between 1 and {most}.")
    return int(text)


def _cursor(call: Call) -> int:
    text = call.query.get("page[cursor]", "")
    if not text:
        return 0
    try:
        return int(base64.urlsafe_b64decode(text).decode().removeprefix("next::position::"))
    except (binascii.Error, ValueError):
        raise errors.invalid("page[cursor]", "Invalid cursor.") from None


def _link(call: Call, after: int) -> str:
    parts = urlsplit(call.url)
    cursor = base64.urlsafe_b64encode(f"next::position::{after}".encode()).decode()
    query = urlencode({**call.query, "page[cursor]": cursor})
    return f"{parts.scheme}://{parts.netloc}{parts.path}?{query}"
