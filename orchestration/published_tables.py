"""The published tables that are no dbt models, column by column, and what a version says of itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb


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
        """The facts as they go into manifest.json."""
        return {
            "version": self.version,
            "run_id": self.run_id,
            "as_of": f"{self.as_of.isoformat()}Z",
            "published_at": f"{self.published_at.isoformat()}Z",
            "duckdb_version": duckdb.__version__,
            "git_commit": self.git_commit,
            "row_counts": row_counts,
            "stale_sources": self.stale_sources,
            "checks_passed": self.checks_passed,
        }

    def query(self) -> str:
        """The same facts as the one row of the table version."""
        return (
            "select ?::varchar as version, ?::varchar as run_id, ?::timestamp as as_of, ?::timestamp as published_at,"
            " ?::varchar as duckdb_version, ?::varchar as git_commit, map(?::varchar[], ?::bigint[]) as row_counts,"
            " ?::varchar[] as stale_sources, ?::varchar[] as checks_passed"
        )

    def parameters(self, row_counts: dict[str, int]) -> list[Any]:
        """The parameters of the query."""
        return [
            self.version,
            self.run_id,
            self.as_of,
            self.published_at,
            duckdb.__version__,
            self.git_commit,
            list(row_counts),
            list(row_counts.values()),
            self.stale_sources,
            self.checks_passed,
        ]
