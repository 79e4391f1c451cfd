"""The rows of an answer on stdout: as a table, as CSV, as JSON."""

import csv
import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import duckdb
import orjson
import pyarrow as pa

from orchestration.cli.mistakes import MistakeError

WIDEST = 10_000


def show_table(answer: duckdb.DuckDBPyRelation) -> None:
    """For people, all columns; of very many rows the first and the last."""
    answer.show(max_width=WIDEST, max_rows=200)


def show_csv(answer: duckdb.DuckDBPyRelation) -> None:
    """A header and every row; NULL is empty."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.columns)
    while rows := answer.fetchmany(WIDEST):
        writer.writerows(rows)


def show_json(answer: duckdb.DuckDBPyRelation) -> None:
    """One array of objects, so no two columns may have one name; money keeps its digits."""
    if twice := [name for name, times in Counter(answer.columns).items() if times > 1]:
        raise MistakeError(f"--format json: several columns are called {', '.join(twice)}; name them apart with `as`")
    rows = [dict(zip(answer.columns, map(_of_any_size, row), strict=True)) for row in answer.fetchall()]
    sys.stdout.buffer.write(orjson.dumps(rows, default=_as_json, option=orjson.OPT_NAIVE_UTC | orjson.OPT_NON_STR_KEYS))
    sys.stdout.buffer.write(b"\n")


def show_arrow(table: pa.Table) -> None:
    """An Arrow table for people."""
    with duckdb.connect() as connection:
        show_table(connection.from_arrow(table))


SHOWN: dict[str, Callable[[duckdb.DuckDBPyRelation], None]] = {
    "table": show_table,
    "csv": show_csv,
    "json": show_json,
}


def _of_any_size(value: Any) -> Any:
    """Sums of BIGINT are HUGEINT, and orjson writes no whole number beyond 64 bits."""
    return orjson.Fragment(str(value)) if isinstance(value, int) and value.bit_length() > 63 else value


def _as_json(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    return orjson.Fragment(str(value)) if isinstance(value, Decimal) and value.is_finite() else str(value)
