"""What every format gives: rows as Arrow tables, and the lines that could not become rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

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
