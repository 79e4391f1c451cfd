"""Rest.li 2.0 on the wire: brackets, colons and commas of its structure stay as they are, those within texts do not."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote

from ingestion.resource import Record


def address(path: str, **query: str | None) -> str:
    """A path with a query whose values are encoded already; those that are None are left out."""
    return f"{path}?{'&'.join(f'{name}={value}' for name, value in query.items() if value is not None)}"


def text(value: str) -> str:
    """A text, such as a URN, as a value."""
    return quote(value, safe="")


def several(values: Iterable[str]) -> str:
    """List(a,b) of encoded values."""
    return f"List({','.join(values)})"


def named(**values: str) -> str:
    """(name:value,name:value) of encoded values."""
    return f"({','.join(f'{name}:{value}' for name, value in values.items())})"


def day(of: date) -> str:
    """(year:2026,month:1,day:5)."""
    return named(year=str(of.year), month=str(of.month), day=str(of.day))


def iso_date(parts: Any) -> Any:
    """2026-01-05 for {"year": 2026, "month": 1, "day": 5}; anything else stays, to be refused as no date."""
    try:
        return date(parts["year"], parts["month"], parts["day"]).isoformat()
    except (TypeError, KeyError, ValueError):
        return parts


def id_of(urn: Any) -> Any:
    """123 for urn:li:sponsoredCampaign:123, as text."""
    return urn.rsplit(":", 1)[-1] if isinstance(urn, str) else urn


def snake_case(record: Record) -> Record:
    """The record with its names as raw has them: costType is cost_type."""
    return {re.sub("([A-Z])", r"_\1", name).lower(): value for name, value in record.items()}
