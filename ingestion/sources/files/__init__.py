"""Any CSV, Parquet or JSON lines as a canonical input of the marts.

`sources.files` of mops.yaml -> data/raw/files.duckdb, one raw table an entry, every line of its files kept
"""

from datetime import datetime
from pathlib import Path

import pyarrow as pa

from ingestion.report import Progress, TableLoad
from ingestion.resource import Resource
from ingestion.settings import Settings
from ingestion.sources.files.entries import entries, read_batches
from ingestion.sources.files.mapping import Planned, placed, plan

RESOURCES: tuple[Resource, ...] = ()  # its tables follow from mops.yaml: see raw_tables


def raw_tables(settings: Settings) -> dict[str, str]:
    """The raw tables that a load will make, and what each holds."""
    return {
        entry.raw_table: f"Every line of {(entry.settings.path or entry.settings.as_ + ' by sql').split('/')[-1]}."
        for entry in entries(settings)
    }


def check(settings: Settings, home: Path) -> None:
    """Find what a run could not get past (no such file, no such column) before it begins; SettingsError says it."""
    plan(settings, home)


def load(settings: Settings, home: Path, *, as_of: datetime, progress: Progress | None = None) -> list[TableLoad]:
    """Load every entry into a new raw file, whatever the as-of: models cut by it; a SourceError leaves the old one."""
    from ingestion.sources.files import pipeline  # dlt takes a second to import

    return pipeline.load(settings, home, progress=progress)


def preview(settings: Settings, home: Path, rows: int) -> dict[str, pa.Table]:
    """The first rows of every entry; nothing is written."""
    return {each.entry.raw_table: _first_rows(each, home, rows) for each in plan(settings, home)}


def _first_rows(planned: Planned, home: Path, rows: int) -> pa.Table:
    with placed(planned.entry, home):
        batches = read_batches(planned.entry.settings, home, planned.schema)
        tables = (batch.rows for _, batch in batches if batch.rows.num_rows)
        return next(tables, planned.schema.empty_table()).slice(0, rows)
