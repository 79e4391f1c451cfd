"""What every format gives: rows as Arrow tables whose names can be columns of raw, and the lines that are no rows."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from ingestion.resource import LOADED_AT

# mops' own columns of every raw table; mappings and filters may use them as well.
OWN = {"path": pa.string(), "line": pa.int64(), "row_key": pa.string()}
BLANKS = " \t\r\n\xa0\ufeff"  # a byte order mark in the wrong place among them


def unique_names(header: Iterable[str]) -> list[str]:
    """The header as it stands, but for blank names (column_3) and repeated ones (email_2); case makes no difference."""
    taken = {name.lower() for name in (*OWN, LOADED_AT.name)}
    names = []
    for position, given in enumerate(header, start=1):
        wanted = given.strip(BLANKS) or f"column_{position}"
        name, number = wanted, 1
        while name.lower() in taken:
            number += 1
            name = f"{wanted}_{number}"
        taken.add(name.lower())
        names.append(name)
    return names


BATCH_ROWS = 50_000


@dataclass(frozen=True)
class Reject:
    """A line that is no row: why, and its text, which goes to `_quarantine`."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Batch:
    """Some rows of one file, with the column `line`, and what was refused among them."""

    rows: pa.Table
    rejects: list[Reject] = field(default_factory=list)


def text_schema(names: list[str]) -> pa.Schema:
    """Columns of text by these names."""
    return pa.schema([pa.field(name, pa.string()) for name in names])


def text_table(names: list[str], rows: Sequence[Sequence[str | None]], lines: Sequence[int]) -> pa.Table:
    """Rows of text as a table; an empty field is NULL, since CSV can't tell it from none."""
    columns: list[Any] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    arrays = [_without_blanks(pa.array(column, pa.string())) for column in columns]
    return pa.table([*arrays, pa.array(lines, pa.int64())], names=[*names, "line"])


def _without_blanks(values: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def row_keys(path: str, lines: pa.ChunkedArray) -> pa.ChunkedArray:
    """Stable as long as the file keeps its name and the row its line."""
    digest = hashlib.sha256(path.encode()).hexdigest()[:12]
    return pc.binary_join_element_wise(pa.scalar(digest), lines.cast(pa.string()), ":")
