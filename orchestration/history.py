"""What a run tells operations.duckdb of itself: its begin and end, its loads, its checks, how far its models came."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from expectations.checks import CheckResult
from ingestion.report import LoadReport
from orchestration.operations import Row, now, rows, writing

DIED = "the process of the run ended before the run did"
NOT_LOADED = "sources that could not be loaded: "
INTERRUPTED = "interrupted"

KEPT = timedelta(days=90)
YARDSTICKS = 29  # good loads of each table: the 28 that suites/raw_tables.sql compares with, and the one before them
FORGET_LOADS = """
delete from loads
where loaded_at < $long_ago
    and rowid not in (
        select rowid from loads where status = 'loaded'
        qualify row_number() over (partition by source, table_name order by loaded_at desc) <= $yardsticks
    )
"""
FORGET_CHECKS = """
delete from check_results
where checked_at < $long_ago
    and run_id not in (
        select run_id from runs where models_started_at is not null order by models_started_at desc limit 1
    )
"""


def bury_dead_runs(home: Path) -> None:
    """End the runs that could not say so themselves. Nobody else holds the run lock, so none is going."""
    with writing(home) as connection:
        connection.execute(
            "update runs set status = 'failed', error = ?, ended_at = ? where status = 'running'", [DIED, now()]
        )


def start_run(home: Path, run_id: str, command: str, as_of: datetime) -> None:
    """Open the run, whose process holds the lock."""
    bury_dead_runs(home)
    with writing(home) as connection:
        connection.execute("delete from runs where run_id = ?", [run_id])
        connection.execute(
            "insert into runs (run_id, command, as_of, started_at, status) values (?, ?, ?, ?, 'running')",
            [run_id, command, as_of, now()],
        )


def end_run(home: Path, run_id: str, error: str | None) -> None:
    """Close the run; it succeeded if there was no error."""
    with writing(home) as connection:
        connection.execute(
            "update runs set status = ?, error = ?, ended_at = ? where run_id = ?",
            ["failed" if error else "succeeded", error, now(), run_id],
        )


def record_failure(home: Path, run_id: str, command: str, error: str) -> None:
    """A run that failed before its first step, whether or not it came so far as to open."""
    moment = now()
    with writing(home) as connection:
        connection.execute(
            "insert into runs (run_id, command, started_at, ended_at, status, error) values (?, ?, ?, ?, 'failed', ?)"
            " on conflict do update set status = excluded.status, error = excluded.error, ended_at = excluded.ended_at",
            [run_id, command, moment, moment, error],
        )


def forget_old(home: Path) -> None:
    """Drop loads and checks of long ago, for each version holds a copy of the rest.

    The loads that the gate behind raw compares with stay, and the checks of the run that the warehouse is of.
    """
    long_ago = now() - KEPT
    with writing(home) as connection:
        connection.execute(FORGET_LOADS, {"long_ago": long_ago, "yardsticks": YARDSTICKS})
        connection.execute(FORGET_CHECKS, {"long_ago": long_ago})


def models_started(home: Path, run_id: str) -> None:
    """From here on the warehouse is in the making, and may not be published."""
    _note_time(home, run_id, "models_started_at")


def entities_started(home: Path, run_id: str) -> None:
    """From here on the canonical entities are in the making, and no marts of them may be published."""
    _note_time(home, run_id, "entities_started_at")


def entities_passed(home: Path, run_id: str) -> None:
    """The canonical entities are whole and passed their gate."""
    _note_time(home, run_id, "entities_passed_at")


def models_passed(home: Path, run_id: str) -> None:
    """The marts are whole and passed their gate."""
    _note_time(home, run_id, "models_passed_at")


def record_version(home: Path, run_id: str, version: str) -> None:
    """Which version the run published."""
    with writing(home) as connection:
        connection.execute("update runs set version = ? where run_id = ?", [version, run_id])


def record_load(home: Path, run_id: str, report: LoadReport, full_refresh: bool) -> None:
    """One row per raw table that the load touched, or one for the source where it failed before any."""
    shared = {"run_id": run_id, "source": report.source, "status": report.status, "loaded_at": now()}
    tables: list[Row] = [
        {
            "table_name": each.table,
            "rows": each.rows,
            "rows_total": each.rows_total,
            "quarantined": each.quarantined,
            "unexpected_fields": ", ".join(sorted(each.unexpected_fields)) or None,
            "seconds": each.seconds,
        }
        for each in report.tables
    ]
    with writing(home) as connection:
        _insert(connection, "loads", [shared | {"full_refresh": full_refresh} | table for table in tables or [{}]])


def refuse_load(home: Path, run_id: str, source: str) -> None:
    """Mark the run's load of a source as refused, so that it never becomes the yardstick of another."""
    with writing(home) as connection:
        connection.execute(
            "update loads set status = 'refused' where run_id = ? and source = ?",
            [run_id, source],
        )


def record_checks(home: Path, run_id: str, results: Iterable[CheckResult]) -> None:
    """One row per check."""
    found = [
        {
            "run_id": run_id,
            "check_name": each.check,
            "layer": each.layer,
            "source": each.source,
            "table_name": each.table,
            "severity": each.severity,
            "passed": each.passed,
            "observed": each.observed,
            "expected": each.expected,
            "failing_keys": json.dumps(list(each.failing_keys), default=str),
            "message": each.message,
            "checked_at": now(),
        }
        for each in results
    ]
    with writing(home) as connection:
        _insert(connection, "check_results", found)


def failed_checks(home: Path, run_id: str) -> list[Row]:
    """The checks a run failed, the critical ones first."""
    return rows(
        home,
        "from check_results where run_id = ? and not passed order by severity, layer, table_name, check_name",
        [run_id],
    )


def passed_checks(home: Path, run_id: str) -> list[str]:
    """The checks a run passed, as table.check."""
    query = "select table_name || '.' || check_name as name from check_results where run_id = ? and passed order by 1"
    return [row["name"] for row in rows(home, query, [run_id])]


def sources_tried(home: Path, run_ids: Collection[str]) -> set[str]:
    """The sources that one of the runs loaded or could not load."""
    query = "select distinct source from loads where list_contains(?::varchar[], run_id)"
    return {row["source"] for row in rows(home, query, [list(run_ids)])}


def sources_not_loaded_before(home: Path, moment: datetime) -> set[str]:
    """The sources whose last load before a moment failed or was refused."""
    query = "select source from loads where loaded_at < ? group by source having arg_max(status, loaded_at) <> 'loaded'"
    return {row["source"] for row in rows(home, query, [moment])}


def last_ended_run(home: Path) -> Row | None:
    """Of the runs that ended, the one that started last."""
    found = rows(home, "from runs where status <> 'running' order by started_at desc limit 1")
    return found[0] if found else None


def run(home: Path, run_id: str) -> Row | None:
    """One run."""
    found = rows(home, "from runs where run_id = ?", [run_id])
    return found[0] if found else None


def was_interrupted(home: Path, run_id: str) -> bool:
    """Whether somebody ended the run."""
    ended = run(home, run_id)
    return ended is not None and str(ended["error"]).startswith(INTERRUPTED)


def builder_of_warehouse(home: Path) -> Row | None:
    """The run whose models are in the warehouse; models_passed_at is NULL where they are not fit to be published."""
    return _last_to_begin(home, "models_started_at")


def builder_of_entities(home: Path) -> Row | None:
    """The run whose canonical entities are in the warehouse; entities_passed_at is NULL where no marts may be."""
    return _last_to_begin(home, "entities_started_at")


def _last_to_begin(home: Path, what: str) -> Row | None:
    found = rows(home, f"from runs where {what} is not null order by {what} desc limit 1")
    return found[0] if found else None


def _note_time(home: Path, run_id: str, what: str) -> None:
    with writing(home) as connection:
        connection.execute(f"update runs set {what} = ? where run_id = ?", [now(), run_id])


def _insert(connection: duckdb.DuckDBPyConnection, table: str, found: Sequence[dict[str, Any]]) -> None:
    if not found:
        return
    connection.register("_rows", pa.Table.from_pylist(list(found)))
    connection.execute(f"insert into {table} by name from _rows")
    connection.unregister("_rows")
