"""Results as JSON: lowerCamelCase, 64-bit integers as text, every entity with its resource name, pages of 10,000."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pandas as pd

from sandbox.vendors.google_ads.fields import MAYBE, fields_of
from sandbox.vendors.google_ads.gaql import Query

PAGE = 10_000


def show(rows: pd.DataFrame, query: Query) -> list[dict[str, Any]]:
    """Rows as they are sent."""
    kinds = fields_of(query.resource)
    parts = dict.fromkeys(name.partition(".")[0] for name in (f"{query.resource}.", *query.fields))
    columns = []
    for part in parts:
        fields = {name: kinds[name] for name in query.fields if name.partition(".")[0] == part}
        values = {camel(name.partition(".")[2]): kind.show(rows[name]) for name, kind in fields.items()}
        if part in rows:
            values = {"resourceName": rows[part].tolist(), **values}
        columns.append(list(_dicts(values, has_gaps=MAYBE in fields.values())))
    keys = [camel(part) for part in parts]
    return [dict(zip(keys, row, strict=True)) for row in zip(*columns, strict=True)]


def _dicts(columns: dict[str, list[Any]], *, has_gaps: bool) -> Iterator[dict[str, Any]]:
    for row in zip(*columns.values(), strict=True):
        made = dict(zip(columns, row, strict=True))
        yield {key: value for key, value in made.items() if value is not None} if has_gaps else made


def camel(name: str) -> str:
    """cost_micros as costMicros."""
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def field_mask(query: Query) -> str:
    """The selected fields as Google names them beside the results."""
    return ",".join(camel(name) for name in query.fields)


def page_token(text: str, start: int) -> str:
    """An opaque token for the page that starts at a row of this query's results."""
    return urlsafe_b64encode(f"{start}:{_fingerprint(text)}".encode()).decode()


def page_start(text: str, token: str) -> int | None:
    """The row a token stands for, None where it is not a token of this query."""
    if not token:
        return 0
    try:
        start, _, fingerprint = urlsafe_b64decode(token).decode().partition(":")
    except ValueError:
        return None
    return int(start) if fingerprint == _fingerprint(text) and start.isdigit() else None


def _fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
