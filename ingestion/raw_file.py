"""The raw file of a source: where it is, and its tables, typed and empty, so that every model always compiles."""

from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.resource import QUARANTINE, Resource

SCHEMA = "raw"


def create_tables(path: Path, resources: tuple[Resource, ...]) -> None:
    """Create every declared table that the raw file at `path` does not have yet, empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"create schema if not exists {SCHEMA}")
        for resource in resources:
            _create(connection, resource.name, resource.schema)
        _create(connection, QUARANTINE.name, QUARANTINE.columns)


def _create(connection: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema) -> None:
    connection.register("_shape", schema.empty_table())
    connection.execute(f'create table if not exists {SCHEMA}."{name}" as from _shape')
    connection.unregister("_shape")
