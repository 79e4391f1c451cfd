"""The gate behind raw: it sees tables that shrink, vanish, fall silent or change, and does not cry wolf."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from expectations_home import AS_OF, write

from expectations.checks import CheckResult
from expectations.gates import check_lateness, declared_checks, run_gate
from ingestion import home as paths

NOW = datetime.now(UTC).replace(tzinfo=None)
OPERATIONS = """
create table loads (
    run_id varchar, source varchar, table_name varchar, status varchar, "rows" bigint, rows_total bigint,
    quarantined bigint, unexpected_fields varchar, full_refresh boolean, seconds double, loaded_at timestamp
)
"""


def load(home: Path, days_ago: float, rows: int, **more: Any) -> None:
    """Record a load of hubspot's contacts; the one of run `now` is what the gate judges."""
    write(paths.operations_file(home), a_load(days_ago, rows, **more))


def a_load(
    days_ago: float,
    rows: int,
    *,
    total: int = 1000,
    quarantined: int = 0,
    unexpected: str = "",
    status: str = "loaded",
    full_refresh: bool = False,
    run: str = "",
) -> str:
    """The statement that records one load."""
    return f"""insert into loads values ('{run or days_ago}', 'hubspot', 'contacts', '{status}', {rows}, {total},
        {quarantined}, nullif('{unexpected}', ''), {full_refresh}, 1.0, '{NOW - timedelta(days=days_ago)}');"""


def contacts(home: Path, rows: int, columns: str = "number::varchar as id, 'Ann' as firstname") -> None:
    """Make hubspot's raw file with that many contacts."""
    write(
        paths.raw_file(home, "hubspot"),
        f"""create schema if not exists raw;
        create or replace table raw.contacts as
        select {columns}, null::varchar as _extra, now() as _loaded_at from range({rows}) as numbers (number);
        create table if not exists raw._dlt_loads as select 1 as one;
        create table if not exists raw._quarantine as select 1 as one;""",
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write(paths.operations_file(tmp_path), OPERATIONS)
    contacts(tmp_path, 1000)
    return tmp_path


def failures(home: Path) -> dict[str, CheckResult]:
    results = run_gate("raw", home, as_of=AS_OF, run_id="now", source="hubspot")
    return {result.check: result for result in results if not result.passed}


def daily_loads(home: Path, rows: list[int]) -> None:
    """A backfill of 1,000 rows, then one load a day, the last one yesterday."""
    loads = [a_load(days_ago, count) for days_ago, count in zip(range(len(rows), 0, -1), rows, strict=True)]
    write(paths.operations_file(home), "".join([a_load(len(rows) + 1, 1000), *loads]))


def test_a_first_load_passes_every_declared_check(home: Path) -> None:
    load(home, 0, 1000, run="now")
    results = run_gate("raw", home, as_of=AS_OF, run_id="now", source="hubspot")
    assert all(result.passed for result in results)
    assert [(result.check, result.source, result.table) for result in results] == [
        (check.check, check.source, check.table) for check in declared_checks("raw", {"hubspot": ["contacts"]})
    ]


@pytest.mark.parametrize(
    ("before", "left", "passes"),
    [(1000, 500, True), (1000, 499, False), (1000, 0, False), (1, 0, False), (19, 1, True), (0, 0, True)],
)
def test_a_table_that_lost_most_rows_or_vanished_is_refused(home: Path, before: int, left: int, passes: bool) -> None:
    load(home, 1, 0, total=before)
    load(home, 0, 0, run="now", total=left)
    contacts(home, left)
    found = failures(home)
    assert ("rows_kept" not in found) == passes
    if not passes:
        assert found["rows_kept"].severity == "critical"
        assert "--full-refresh" in found["rows_kept"].message


def test_a_refused_load_is_no_yardstick(home: Path) -> None:
    load(home, 2, 1000, total=1000)
    load(home, 1, 10, total=10, status="refused")
    load(home, 0, 10, run="now")
    contacts(home, 10)
    assert set(failures(home)) == {"rows_kept"}


def test_a_full_refresh_accepts_what_shrank_and_starts_a_new_history(home: Path) -> None:
    load(home, 2, 1000, total=1000)
    load(home, 0.1, 10, total=10, full_refresh=True, run="now")
    contacts(home, 10)
    assert failures(home) == {}
    write(paths.operations_file(home), "update loads set run_id = 'before' where run_id = 'now'")
    load(home, 0, 0, run="now")
    assert failures(home) == {}


USUAL = [1000, 1100, 900, 1050, 950, 200, 250] * 4  # five working days and a weekend


@pytest.mark.parametrize(
    ("history", "rows", "passes"),
    [
        (USUAL, 1200, True),
        (USUAL, 190, True),
        (USUAL, 3400, False),
        (USUAL, 0, False),
        (USUAL[:6], 9000, True),  # too young to have habits
        ([30] * 20, 0, False),  # nothing came at all
        ([30] * 20, 5, True),
        ([30] * 20, 125, True),  # four times as many, but a handful
        ([0] * 20, 0, True),
        ([0, 0, 3, 0, 1, 0, 0] * 4, 5000, False),
        ([], 100, True),
    ],
)
def test_a_load_is_compared_with_its_habits(home: Path, history: list[int], rows: int, passes: bool) -> None:
    daily_loads(home, history)
    load(home, 0, rows, run="now")
    found = failures(home)
    assert set(found) == (set() if passes else {"rows_in_usual_range"})
    assert all(result.severity == "warning" for result in found.values())


@pytest.mark.filterwarnings("error:.*row_condition:DeprecationWarning")
@pytest.mark.parametrize(
    ("read", "quarantined", "expected"),
    [
        (1000, 0, {}),
        (1000, 5, {}),
        (1000, 20, {"few_records_quarantined"}),
        (100, 19, {"few_records_quarantined"}),
        (100, 20, {"few_records_quarantined", "most_records_readable"}),
        (0, 0, {}),
    ],
)
def test_too_many_unreadable_records_are_refused(home: Path, read: int, quarantined: int, expected: set[str]) -> None:
    load(home, 0, read, run="now", quarantined=quarantined)
    assert set(failures(home)) == set(expected)


def test_a_new_field_is_reported_once_and_not_again(home: Path) -> None:
    load(home, 2, 10, unexpected="nickname")
    load(home, 0, 10, unexpected="nickname, shoe_size", run="now")
    assert failures(home)["no_new_fields"].observed == "shoe_size"
    write(paths.operations_file(home), "update loads set run_id = 'before' where run_id = 'now'")
    load(home, -0.001, 10, unexpected="nickname, shoe_size", run="now")
    assert failures(home) == {}


@pytest.mark.parametrize(
    ("filled_before", "rows", "is_known", "silent"),
    [(100, 60, True, True), (40, 60, True, False), (100, 30, True, False), (100, 60, False, False)],
)
def test_a_field_that_falls_silent_is_reported(
    home: Path, filled_before: int, rows: int, is_known: bool, silent: bool
) -> None:
    contacts(home, 100, f"number::varchar as id, case when number < {filled_before} then 'Ann' end as firstname")
    write(
        paths.raw_file(home, "hubspot"),
        f"insert into raw.contacts select 'n' || number, null, null, now() + to_seconds(number) + interval 1 hour"
        f" from range({rows}) as numbers (number)",
    )
    if is_known:
        load(home, -1 / 48, 100, total=100)
    load(home, -1, rows, run="now")
    found = failures(home)
    assert set(found) == ({"no_silent_fields"} if silent else set())
    if silent:
        assert "firstname" in found["no_silent_fields"].message


@pytest.mark.parametrize(
    ("days_between", "days_ago", "passes"), [(1, 1.4, True), (1, 1.625, False), (7, 10, True), (7, 11, False)]
)
def test_a_source_may_be_as_old_as_its_interval_allows(
    home: Path, days_between: float, days_ago: float, passes: bool
) -> None:
    for nth in range(4):
        load(home, days_ago + nth * days_between, 10)
    load(home, 0, 0, run="now", status="failed")
    (result,) = check_lateness(home, ["hubspot", "mailchimp"])  # of one that was never loaded other checks tell
    assert (result.check, result.source, result.severity) == ("loaded_recently", "hubspot", "warning")
    assert result.passed == passes
    if not passes:
        assert f"{days_ago * 24:.0f} hours old" in result.message


def test_the_raw_file_can_be_written_again_afterwards(home: Path) -> None:
    failures(home)
    contacts(home, 5)
    load(home, 0, 5)


def test_the_gate_waits_for_another_process_that_writes_of_its_runs(home: Path) -> None:
    load(home, 0, 1000, run="now")
    failures(home)  # what is imported late is no part of the wait
    holding = "import duckdb, sys, time; kept = duckdb.connect(sys.argv[1]); print(flush=True); time.sleep(1)"
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(paths.operations_file(home))], stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdout.readline()
        assert failures(home) == {}


def test_a_gate_behind_raw_needs_its_source(home: Path) -> None:
    with pytest.raises(ValueError, match="one source"):
        run_gate("raw", home, as_of=AS_OF, run_id="now")
