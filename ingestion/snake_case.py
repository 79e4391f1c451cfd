"""Vendors' camelCase names as raw tables write them."""

import re
from functools import cache

from ingestion.resource import Record


def snake(record: Record) -> Record:
    """The record with its names in snake_case, at its first level."""
    return {_snake_name(name): value for name, value in record.items()}


@cache
def _snake_name(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
