"""The raw file of a source: its tables, typed and empty where nothing was loaded, so that every model compiles."""

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.resource import QUARANTINE, Resource

SCHEMA = "raw"


def create_tables(path: Path, resources: Iterable[Resource]) -> None:
    """Create the declared tables, and columns, that the raw file does not have yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create schema if not exists {SCHEMA}")
        for resource in (*resources, QUARANTINE):
            _create(connection, resource)


def _create(connection: duckdb.DuckDBPyConnection, resource: Resource) -> None:
    table = f'{SCHEMA}."{resource.name}"'
    with_types = connection.from_arrow(resource.schema.empty_table())
    connection.execute(f"create table if not exists {table} as from with_types")
    there = set(connection.table(table).columns)
    for name, dtype in zip(with_types.columns, with_types.types, strict=True):
        if name not in there:
            connection.execute(f'alter table {table} add column "{name}" {dtype}')


def stored(path: Path, table: str) -> pa.Table:
    """A raw table as the last load left it."""
    with duckdb.connect(str(path)) as connection:
        return connection.execute(f'from {SCHEMA}."{table}"').to_arrow_table()


def count_rows(path: Path, resources: Iterable[Resource]) -> dict[str, int]:
    """The number of rows of each declared table."""
    with duckdb.connect(str(path)) as connection:
        return {each.name: len(connection.table(f'{SCHEMA}."{each.name}"')) for each in resources}
