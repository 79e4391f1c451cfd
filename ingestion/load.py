"""One source's load: vendor API -> typed Arrow -> dlt -> data/raw/<source>.duckdb."""

from importlib import import_module
from pathlib import Path

from ingestion.raw_file import create_tables
from ingestion.resource import Resource


def resources_of(name: str) -> tuple[Resource, ...]:
    """Give the declared raw tables of a source."""
    return tuple(import_module(f"ingestion.sources.{name}").RESOURCES)


def ensure_empty(name: str, home: Path) -> None:
    """Create the typed, empty tables a source lacks, so that it costs nothing until it is configured."""
    create_tables(home / "data" / "raw" / f"{name}.duckdb", resources_of(name))
