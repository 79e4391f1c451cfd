"""One version's files: mops.duckdb and a Parquet file per table, from the warehouse's marts and the records of runs."""

import os
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from ingestion import home as paths
from ingestion.duckdb_file import quoted
from orchestration import operations
from orchestration.published_tables import RECORDS, VERSION, Facts, Mart

DATABASE = "mops.duckdb"
SCHEMA = "marts"

Connection = duckdb.DuckDBPyConnection


def missing_marts(home: Path, marts: list[Mart]) -> list[str]:
    """The names of those that the warehouse has neither as a table nor as a view."""
    with duckdb.connect(str(paths.warehouse_file(home)), read_only=True) as warehouse:
        query = f"select table_name from information_schema.tables where table_schema = '{SCHEMA}'"
        found = warehouse.execute(query).fetchall()
    return sorted({mart.name for mart in marts} - {name for (name,) in found})


def write(folder: Path, home: Path, marts: list[Mart], facts: Facts) -> dict[str, Any]:
    """Write the files into the folder, readable only, and return the version's manifest."""
    file = folder / DATABASE
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"create schema {SCHEMA}")
        _copy_marts(connection, home, marts)
        _copy_records(connection, home)
        counts = _row_counts(connection)
        _create_from(connection, VERSION, facts.table(counts))
        _write_parquet(connection, folder / "parquet")
    for each in [file, *(folder / "parquet").iterdir()]:
        _make_final(each)
    return facts.manifest(counts)


def _copy_marts(connection: Connection, home: Path, marts: list[Mart]) -> None:
    connection.execute(f"attach {quoted(paths.warehouse_file(home))} as warehouse (read_only)")
    for mart in marts:
        _create(connection, mart, f'from warehouse.{SCHEMA}."{mart.name}"')
    connection.execute("detach warehouse")


def _copy_records(connection: Connection, home: Path) -> None:
    for mart in RECORDS:
        records = operations.table(home, f"select {', '.join(mart.columns)} from {mart.name} order by all")
        _create_from(connection, mart, records)


def _create_from(connection: Connection, mart: Mart, rows: pa.Table) -> None:
    connection.register("_rows", rows)
    _create(connection, mart, "from _rows")
    connection.unregister("_rows")


def _create(connection: Connection, mart: Mart, query: str) -> None:
    table = f'{SCHEMA}."{mart.name}"'
    connection.execute(f"create table {table} as {query}")
    connection.execute(f"comment on table {table} is {quoted(mart.description)}")
    for column, description in mart.columns.items():
        connection.execute(f'comment on column {table}."{column}" is {quoted(description)}')


def _row_counts(connection: Connection) -> dict[str, int]:
    """The rows of every table, that of the version itself included."""
    names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
    counts = {name: _count(connection, name) for name in names} | {VERSION.name: 1}
    return dict(sorted(counts.items()))


def _count(connection: Connection, table: str) -> int:
    row = connection.execute(f'select count(*) from {SCHEMA}."{table}"').fetchone()
    return row[0] if row else 0


def _write_parquet(connection: Connection, folder: Path) -> None:
    folder.mkdir()
    for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall():
        file = quoted(folder / f"{name}.parquet")
        connection.execute(f'copy {SCHEMA}."{name}" to {file} (format parquet, compression zstd)')


def _make_final(file: Path) -> None:
    """On disk before anything points to it, and nobody's to write any more."""
    file.chmod(0o444)
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
