"""The loads of a run: what becomes of a source that is down, refused or killed, and of the others."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from expectations.checks import CheckResult
from ingestion import home as paths
from ingestion.report import LoadReport, TableLoad
from ingestion.settings import Settings, SettingsError
from orchestration import damaged_files, history, last_good, loading
from orchestration.damaged_files import DamagedFileError
from orchestration.load_asset import LoadConfig
from orchestration.loading import Outcome, Range, load_all
from orchestration.operations import now, rows
from orchestration.session import Session, open_session

SETTINGS = Settings.model_validate({"sources": {"hubspot": {}, "mailchimp": {}}})


class Vendors:
    """Stand-ins: each load of a source writes the next number into a table of its raw file."""

    def __init__(self) -> None:
        self.loads = 0
        self.down: set[str] = set()
        self.refused: set[str] = set()
        self.without_credentials: set[str] = set()

    def load(self, name: str, settings: Settings, home: Path, **_: object) -> LoadReport:
        if name in self.without_credentials:
            raise SettingsError("MAILCHIMP_KEY is not set")
        self.loads += 1
        with duckdb.connect(str(paths.raw_file(home, name))) as raw:
            raw.execute("create table if not exists raw.numbers (n integer); insert into raw.numbers values (?)", [9])
        if name in self.down:
            return LoadReport(name, "failed", error="503 Service Unavailable")
        return LoadReport(name, "loaded", [TableLoad("numbers", 1, 1)])

    def gate(self, layer: str, home: Path, *, source: str, **_: object) -> list[CheckResult]:
        return [CheckResult("rows_kept", "raw", source, "numbers", "critical", source not in self.refused)]


@pytest.fixture
def vendors(monkeypatch: pytest.MonkeyPatch) -> Vendors:
    """The stand-ins, in the place of ingestion and its gate."""
    stand_in = Vendors()
    monkeypatch.setattr(loading, "load_source", stand_in.load)
    monkeypatch.setattr(loading, "run_gate", stand_in.gate)
    return stand_in


def load(home: Path, run_id: str, sources: tuple[str, ...] = ("hubspot", "mailchimp")) -> dict[str, Outcome]:
    """One run's loads."""
    as_of = datetime.fromisoformat("2026-06-30")
    history.start_run(home, run_id, "a test", as_of)
    session = Session(home, run_id, SETTINGS, as_of)
    return {outcome.report.source: outcome for outcome in load_all(session, sources, Range())}


def numbers(home: Path, source: str) -> int:
    """How many loads are in the raw file; 0 where the table is not there."""
    with duckdb.connect(str(paths.raw_file(home, source)), read_only=True) as raw:
        if not raw.execute("select 1 from duckdb_tables() where table_name = 'numbers'").fetchall():
            return 0
        return len(raw.execute("from raw.numbers").fetchall())


def stale(home: Path) -> list[str]:
    return [each["source"] for each in last_good.stale_sources(home)]


def test_a_source_that_is_down_goes_back_to_its_last_good_load_and_the_others_move_on(
    tmp_path: Path, vendors: Vendors
) -> None:
    load(tmp_path, "r1")
    vendors.down = {"mailchimp"}
    outcomes = load(tmp_path, "r2")

    assert (outcomes["hubspot"].reason, outcomes["mailchimp"].reason) == (None, "503 Service Unavailable")
    assert (numbers(tmp_path, "hubspot"), numbers(tmp_path, "mailchimp")) == (2, 1)
    assert stale(tmp_path) == ["mailchimp"]
    assert history.sources_tried(tmp_path, ["r2"]) == {"hubspot", "mailchimp"}
    assert history.sources_not_loaded_before(tmp_path, now()) == {"mailchimp"}
    failed = [(each["check_name"], each["source"], each["message"]) for each in history.failed_checks(tmp_path, "r2")]
    assert failed == [("source_loaded", "mailchimp", "503 Service Unavailable")]
    assert not any(paths.last_good_file(tmp_path, source).exists() for source in outcomes), "kept only while loading"


def test_a_source_that_is_back_is_stale_no_more(tmp_path: Path, vendors: Vendors) -> None:
    load(tmp_path, "r1")
    vendors.down = {"mailchimp"}
    load(tmp_path, "r2")
    vendors.down = set()
    load(tmp_path, "r3")

    assert stale(tmp_path) == []
    assert numbers(tmp_path, "mailchimp") == 2


def test_a_source_that_mops_yaml_no_longer_names_is_not_stale(tmp_path: Path, vendors: Vendors) -> None:
    vendors.down = {"hubspot", "mailchimp"}
    load(tmp_path, "r1")
    (tmp_path / "mops.yaml").write_text("sources: {hubspot: {}}\n")
    with open_session(tmp_path, "r2", "a test", None):
        assert stale(tmp_path) == ["hubspot"]


def test_a_run_without_any_source_is_refused_before_it_touches_anything(tmp_path: Path) -> None:
    (tmp_path / "mops.yaml").write_text("home_currency: EUR\n")
    with pytest.raises(SettingsError, match="no source is configured"), open_session(tmp_path, "r1", "a test", None):
        pass
    assert not paths.raw_file(tmp_path, "settings").exists()


def test_old_loads_and_checks_go_but_for_what_is_compared_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    today = now()

    def run_of(days_ago: int) -> None:
        monkeypatch.setattr(history, "now", lambda: today - timedelta(days=days_ago))
        run_id = f"{days_ago} days ago"
        history.start_run(tmp_path, run_id, "a test", today)
        history.record_load(tmp_path, run_id, LoadReport("hubspot", "loaded", [TableLoad("numbers", 1, 1)]), False)
        history.record_load(tmp_path, run_id, LoadReport("mailchimp", "failed", error="down"), False)
        history.record_checks(tmp_path, run_id, [CheckResult("c", "marts", None, "customers", "critical", True)])

    for days_ago in range(200, 140, -1):
        run_of(days_ago)
    history.models_started(tmp_path, "141 days ago")
    run_of(91)
    run_of(89)
    monkeypatch.setattr(history, "now", lambda: today)
    history.forget_old(tmp_path)

    checks = rows(tmp_path, "from check_results order by checked_at")
    assert [each["run_id"] for each in checks] == ["141 days ago", "89 days ago"]
    kept = rows(tmp_path, "from loads where source = 'hubspot' order by loaded_at")
    assert len(kept) == 29 and kept[0]["run_id"] == "167 days ago"
    assert [each["run_id"] for each in rows(tmp_path, "from loads where source = 'mailchimp'")] == ["89 days ago"]


def test_a_refused_load_goes_back_and_never_becomes_the_yardstick(tmp_path: Path, vendors: Vendors) -> None:
    load(tmp_path, "r1")
    vendors.refused = {"hubspot"}
    outcomes = load(tmp_path, "r2")

    assert outcomes["hubspot"].reason == "refused by rows_kept on numbers"
    assert numbers(tmp_path, "hubspot") == 1
    statuses = rows(tmp_path, "select run_id, status from loads where source = 'hubspot' order by 1")
    assert [each["status"] for each in statuses] == ["loaded", "refused"]


def test_a_source_that_was_never_good_is_as_if_not_configured(tmp_path: Path, vendors: Vendors) -> None:
    vendors.down = {"mailchimp"}
    load(tmp_path, "r1")

    assert numbers(tmp_path, "mailchimp") == 0
    with duckdb.connect(str(paths.raw_file(tmp_path, "mailchimp")), read_only=True) as raw:
        assert raw.execute("select count(*) from raw.members").fetchall() == [(0,)]
    assert stale(tmp_path) == ["mailchimp"]


def test_a_load_that_was_killed_is_put_back_before_the_next_run(tmp_path: Path, vendors: Vendors) -> None:
    load(tmp_path, "r1")
    last_good.begin(tmp_path, "hubspot")
    vendors.load("hubspot", SETTINGS, tmp_path)  # … and here the process ended
    assert numbers(tmp_path, "hubspot") == 2

    last_good.mend(tmp_path)

    assert numbers(tmp_path, "hubspot") == 1
    assert load(tmp_path, "r2")["hubspot"].reason is None
    assert numbers(tmp_path, "hubspot") == 2


def test_where_the_records_of_runs_are_lost_a_source_that_is_down_loses_nothing(
    tmp_path: Path, vendors: Vendors
) -> None:
    load(tmp_path, "r1")
    paths.operations_file(tmp_path).unlink()
    vendors.down = {"mailchimp"}
    load(tmp_path, "r2")

    assert numbers(tmp_path, "mailchimp") == 1


def test_a_source_whose_raw_file_is_gone_has_no_good_load(tmp_path: Path, vendors: Vendors) -> None:
    load(tmp_path, "r1")
    paths.raw_file(tmp_path, "mailchimp").unlink()
    last_good.mend(tmp_path)

    never = rows(tmp_path, "from source_state where last_good_at is null and last_good_run_id is null")
    assert [each["source"] for each in never] == ["mailchimp"]


@pytest.mark.parametrize(
    ("file", "cure"),
    [
        (paths.warehouse_file, "remove it: the next run builds it anew"),
        (paths.operations_file, "bring it back from a backup"),
        (lambda home: paths.raw_file(home, "hubspot"), "`mops run --select hubspot` then loads everything"),
    ],
)
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, file: Callable[[Path], Path], cure: str) -> None:
    damaged_files.check(tmp_path)
    file(tmp_path).parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(file(tmp_path))) as connection:
        connection.execute("create table numbers as from range(100000)")
        damaged_files.check(tmp_path)  # in use
    damaged_files.check(tmp_path)
    os.truncate(file(tmp_path), 20_000)
    with pytest.raises(DamagedFileError, match=f"{file(tmp_path)} is damaged .*{cure}"):
        damaged_files.check(tmp_path)


def test_a_run_over_a_damaged_file_ends_before_it_changes_anything(tmp_path: Path) -> None:
    (tmp_path / "mops.yaml").write_text("sources: {hubspot: {}}\n")
    paths.warehouse_file(tmp_path).parent.mkdir()
    paths.warehouse_file(tmp_path).write_bytes(b"")
    with pytest.raises(DamagedFileError), open_session(tmp_path, "r1", "a test", None):
        pass
    assert not paths.raw_file(tmp_path, "settings").exists()
    assert "warehouse.duckdb is damaged" in rows(tmp_path, "from runs")[0]["error"]


def test_a_missing_credential_is_one_sources_misfortune(tmp_path: Path, vendors: Vendors) -> None:
    vendors.without_credentials = {"mailchimp"}
    outcomes = load(tmp_path, "r1")

    assert outcomes["mailchimp"].reason == "MAILCHIMP_KEY is not set"
    assert outcomes["hubspot"].reason is None


def test_sources_that_are_not_configured_are_not_loaded_but_readable(tmp_path: Path, vendors: Vendors) -> None:
    assert set(load(tmp_path, "r1", ("ga4", "hubspot"))) == {"hubspot"}
    assert paths.raw_file(tmp_path, "ga4").exists()
    assert vendors.loads == 1


def test_everything_anew_and_certain_days_again_are_not_asked_for_at_once() -> None:
    with pytest.raises(dg.Failure, match="leave start and end out"):
        LoadConfig(start="2026-06-01", full_refresh=True).range()
