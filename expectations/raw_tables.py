"""The frame that the gate behind raw judges: one row per table of a source, its load beside those before."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from expectations.checks import SUITES
from ingestion import home as paths
from ingestion.duckdb_file import open_in_turn, quoted

# A field is called silent on this evidence only: enough rows before and now, and half of those before filled.
ENOUGH_ROWS = 50
USUALLY_FILLED = 0.5


def describe_tables(home: Path, source: str, run_id: str) -> pd.DataFrame:
    """Describe every table of a source's raw file, with the columns of suites/raw_tables.sql."""
    query = (SUITES / "raw_tables.sql").read_text(encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"attach {quoted(paths.raw_file(home, source))} as source_file (read_only)")
        _copy_loads(connection, home, source)
        loaded_before = _loaded_before(connection, source, run_id)
        profile = pd.DataFrame(
            [_profile(connection, table, columns, loaded_before.get(table)) for table, columns in _tables(connection)],
            columns=["table_name", "rows_total", "silent_fields"],
        )
        connection.register("profile", profile)
        return connection.execute(query, {"source": source, "run_id": run_id}).df()


def _copy_loads(connection: duckdb.DuckDBPyConnection, home: Path, source: str) -> None:
    """The loads of the source, read at once: nobody who writes operations.duckdb waits for the profiles."""
    with open_in_turn(paths.operations_file(home), read_only=True) as operations:
        found = operations.execute("from loads where source = ?", [source]).to_arrow_table()
    connection.register("found", found)
    connection.execute("create schema operations; create table operations.loads as from found")


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """The vendor's tables and their columns: neither dlt's nor mops' own."""
    return connection.execute("""
        select table_name, list(column_name order by column_index)
        from duckdb_columns()
        where database_name = 'source_file' and schema_name = 'raw' and not starts_with(table_name, '_')
        group by table_name
        order by table_name
    """).fetchall()


def _loaded_before(connection: duckdb.DuckDBPyConnection, source: str, run_id: str) -> dict[str, datetime]:
    """When each table's last good load before this one ended: what came later is this one's."""
    return dict(
        connection.execute(
            """
            select table_name, max(loaded_at)
            from operations.loads
            where source = $source and run_id <> $run_id and status = 'loaded'
            group by table_name
            """,
            {"source": source, "run_id": run_id},
        ).fetchall()
    )


def _profile(
    connection: duckdb.DuckDBPyConnection, table: str, columns: list[str], loaded_before: datetime | None
) -> tuple[str, int, str | None]:
    fields = [column for column in columns if not column.startswith("_")]
    row = connection.execute(
        f"""
        with flagged as (select *, _loaded_at at time zone 'UTC' > $before as is_new from source_file.raw."{table}")
        select count(*), count(*) filter (is_new),
            [{", ".join(f'count("{field}") filter (not is_new)' for field in fields)}],
            [{", ".join(f'count("{field}") filter (is_new)' for field in fields)}]
        from flagged
        """,
        {"before": loaded_before},
    ).fetchone()
    assert row is not None  # an aggregate without group by always has its row
    total, new, filled_before, filled_now = row
    silent = _silent(fields, total - new, new, filled_before, filled_now)
    return table, total, ", ".join(silent) or None


def _silent(fields: Iterable[str], before: int, new: int, filled_before: list[int], filled_now: list[int]) -> list[str]:
    if min(before, new) < ENOUGH_ROWS:
        return []
    return [
        field
        for field, earlier, now in zip(fields, filled_before, filled_now, strict=True)
        if now == 0 and earlier >= USUALLY_FILLED * before
    ]
