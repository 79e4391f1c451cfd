"""The published tables that are no dbt models, column by column, and what a version says of itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa


@dataclass(frozen=True)
class Mart:
    """A table to publish, and what it and its columns mean."""

    name: str
    description: str
    columns: dict[str, str]


LOADS = Mart(
    "loads",
    "One row per load of a raw table in the last 90 days, and per older one that its gate still compares with.",
    {
        "run_id": "The run that loaded.",
        "source": "Source name.",
        "table_name": "Raw table; NULL where the source failed before it came to one.",
        "status": "loaded, failed (the source was down) or refused (by its raw gate).",
        "rows": "Rows that came.",
        "rows_total": "Rows in the raw table after the load.",
        "quarantined": "Records that could not be read as declared.",
        "unexpected_fields": "Fields that nobody declared, kept in _extra.",
        "full_refresh": "Whether everything was pulled again.",
        "seconds": "How long the table took.",
        "loaded_at": "When the load ended, UTC.",
    },
)

CHECK_RESULTS = Mart(
    "check_results",
    "One row per check and run in the last 90 days: expectations and dbt's data tests.",
    {
        "run_id": "The run that checked.",
        "check_name": "The check.",
        "layer": "What it stands behind: raw, staging, intermediate or marts.",
        "source": "Source name, behind raw.",
        "table_name": "The table it is about.",
        "severity": "critical (blocks, or sends a source back to its last good load) or warning (informs).",
        "passed": "Whether it passed.",
        "observed": "What was found.",
        "expected": "What was to be found.",
        "failing_keys": "JSON list of the keys of up to ten rows that fail it; hashed where they are personal.",
        "message": "The finding in a sentence.",
        "checked_at": "When, UTC.",
    },
)

RECORDS = (LOADS, CHECK_RESULTS)

VERSION = Mart(
    "version",
    "One row: what this version is.",
    {
        "version": "Name of the version.",
        "run_id": "The run that built its marts.",
        "as_of": "What happened later is in no mart; UTC.",
        "published_at": "When it was written, UTC.",
        "duckdb_version": "The DuckDB that wrote it.",
        "git_commit": "The code that built it; NULL outside a checkout.",
        "row_counts": "Rows by table.",
        "stale_sources": "Sources that could not be loaded, shown as of their last good load.",
        "checks_passed": "The checks that the run passed, as table.check.",
    },
)


_TEXTS = pa.list_(pa.string())
# The types of the columns of VERSION.
VERSION_SCHEMA = pa.schema(
    {
        "version": pa.string(),
        "run_id": pa.string(),
        "as_of": pa.timestamp("us"),
        "published_at": pa.timestamp("us"),
        "duckdb_version": pa.string(),
        "git_commit": pa.string(),
        "row_counts": pa.map_(pa.string(), pa.int64()),
        "stale_sources": _TEXTS,
        "checks_passed": _TEXTS,
    }
)


@dataclass(frozen=True)
class Facts:
    """What a version says of itself beside its contents; times are naive UTC."""

    version: str
    run_id: str
    as_of: datetime
    published_at: datetime
    git_commit: str | None
    stale_sources: list[str]
    checks_passed: list[str]

    def manifest(self, row_counts: dict[str, int]) -> dict[str, Any]:
        """The facts as they go into manifest.json, and the rows by table."""
        values = self._values(row_counts)
        return {name: f"{value.isoformat()}Z" if isinstance(value, datetime) else value for name, value in values}

    def table(self, row_counts: dict[str, int]) -> pa.Table:
        """The same as the one row of the table version."""
        return pa.table({name: [value] for name, value in self._values(row_counts)}, VERSION_SCHEMA)

    def _values(self, row_counts: dict[str, int]) -> list[tuple[str, Any]]:
        values = {**vars(self), "duckdb_version": duckdb.__version__, "row_counts": row_counts}
        return [(name, values[name]) for name in VERSION_SCHEMA.names]
