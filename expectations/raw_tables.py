"""The frame that the gate behind raw judges: one row per table of a source, its load beside those before."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from expectations.checks import SUITES
from ingestion import home as paths

# A field is called silent on this evidence only: enough rows before and now, and half of those before filled.
ENOUGH_ROWS = 50
USUALLY_FILLED = 0.5


def describe_tables(home: Path, source: str, run_id: str, now: datetime) -> pd.DataFrame:
    """Describe every table of a source's raw file, with the columns of suites/raw_tables.sql; `now` is naive UTC."""
    query = (SUITES / "raw_tables.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        for name, file in (("source_file", paths.raw_file(home, source)), ("operations", paths.operations_file(home))):
            connection.execute(f"attach {quoted(file)} as {name} (read_only)")
        profile = pd.DataFrame(
            [_profile(connection, table, columns) for table, columns in _tables(connection)],
            columns=["table_name", "rows_total", "silent_fields"],
        )
        connection.register("profile", profile)
        return connection.execute(query, {"source": source, "run_id": run_id, "now": now}).df()


def quoted(file: Path) -> str:
    """Give a file's path as an SQL text, for ATTACH takes no parameters."""
    return "'" + str(file).replace("'", "''") + "'"


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """The vendor's tables and their columns: neither dlt's nor mops' own."""
    return connection.execute("""
        select table_name, list(column_name order by column_index)
        from duckdb_columns()
        where database_name = 'source_file' and schema_name = 'raw' and not starts_with(table_name, '_')
        group by table_name
        order by table_name
    """).fetchall()


def _profile(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> tuple[str, int, str | None]:
    relation = f'source_file.raw."{table}"'
    fields = [column for column in columns if not column.startswith("_")]
    row = connection.execute(f"""
        with latest as (select max(_loaded_at) as latest_at from {relation})
        select count(*), count(*) filter (_loaded_at = latest_at),
            [{", ".join(f'count("{field}")' for field in fields)}],
            [{", ".join(f'count("{field}") filter (_loaded_at = latest_at)' for field in fields)}]
        from {relation} cross join latest
    """).fetchone()
    total, latest, filled, latest_filled = _only(row)
    silent = _silent(fields, total - latest, latest, filled, latest_filled)
    return table, total, ", ".join(silent) or None


def _silent(fields: Iterable[str], before: int, latest: int, filled: list[int], latest_filled: list[int]) -> list[str]:
    if min(before, latest) < ENOUGH_ROWS:
        return []
    return [
        field
        for field, count, latest_count in zip(fields, filled, latest_filled, strict=True)
        if latest_count == 0 and count >= USUALLY_FILLED * before
    ]


def _only(row: tuple[Any, ...] | None) -> tuple[Any, ...]:
    assert row is not None  # an aggregate without group by always has its row
    return row
