"""The published folder: what readers find there, whenever they look and wherever a publication was killed."""

import json
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from expectations.checks import CheckResult
from ingestion import home as paths
from ingestion.report import LoadReport, TableLoad
from orchestration import history, publication, version_file
from orchestration.published_tables import Facts, Mart

MARTS = [
    Mart("customers", "One row per customer.", {"person_id": "The customer's.", "revenue": "In home currency."}),
    Mart("quarantine", "One row per refused row.", {"reason": "Why; it isn't the text."}),
]
NOON = datetime.fromisoformat("2026-06-30T12:00:00")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose warehouse holds two marts, and whose operations hold one run."""
    warehouse = paths.warehouse_file(tmp_path)
    warehouse.parent.mkdir(parents=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create schema marts; create schema staging")
        connection.execute("create table marts.customers as select 'p1' as person_id, 10.25::decimal(18,2) as revenue")
        connection.execute("create table marts.quarantine as select 'bad' as reason limit 0")
        connection.execute("create table marts.left_over as select 1 as x")
        connection.execute("create table staging.people as select 'jane@example.com' as email")
    history.start_run(tmp_path, "r1", "a test", NOON)
    report = LoadReport("hubspot", "loaded", [TableLoad("contacts", 3, 7)])
    history.record_load(tmp_path, "r1", report, full_refresh=False)
    history.record_checks(tmp_path, "r1", [CheckResult("keys", "marts", None, "customers", "critical", True)])
    return tmp_path


def publish(home: Path, seconds: int = 0) -> str:
    """One publication, at a time of its own."""
    moment = NOON + timedelta(seconds=seconds)
    facts = Facts(publication.next_version(home, moment), "r1", NOON, moment, "abc", ["ga4"], ["customers.keys"])
    return publication.publish(home, MARTS, facts)["version"]


def ask(home: Path, sql: str) -> list[tuple]:
    """What a reader gets from the link."""
    with duckdb.connect(str(paths.published_folder(home) / "mops.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_readers_find_every_mart_and_the_records_of_runs_and_nothing_else(home: Path) -> None:
    publish(home)

    assert ask(home, "select catalog_name from information_schema.schemata where schema_name = 'marts'") == [("mops",)]
    tables = {name for (name,) in ask(home, "select schema_name || '.' || table_name from duckdb_tables()")}
    assert tables == {f"marts.{name}" for name in ("customers", "quarantine", "loads", "check_results", "version")}
    assert ask(home, "from marts.customers") == ask(home, "select 'p1', 10.25::decimal(18,2)")
    assert ask(home, "select source, table_name, rows, rows_total from marts.loads") == [("hubspot", "contacts", 3, 7)]
    assert ask(home, "select check_name, passed from marts.check_results") == [("keys", True)]


def test_every_column_is_described(home: Path) -> None:
    publish(home)

    assert (
        ask(
            home, "select table_name, column_name from duckdb_columns() where schema_name = 'marts' and comment is null"
        )
        == []
    )
    reason = ask(home, "select comment from duckdb_columns() where column_name = 'reason'")
    assert reason == [("Why; it isn't the text.",)]


def test_the_link_is_relative_and_the_files_are_nobodys_to_write(home: Path) -> None:
    version = publish(home)

    link = paths.published_folder(home) / "mops.duckdb"
    assert link.is_symlink()
    assert str(link.readlink()) == f"versions/{version}/mops.duckdb"
    files = [each for each in link.resolve().parent.rglob("*") if each.is_file()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o444}


def test_manifest_version_table_and_parquet_tell_the_same(home: Path) -> None:
    version = publish(home)

    folder = paths.published_folder(home)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest == json.loads((folder / "versions" / version / "manifest.json").read_text())
    assert manifest["stale_sources"] == ["ga4"]
    counted = {name: ask(home, f"select count(*) from marts.{name}")[0][0] for name in manifest["row_counts"]}
    assert manifest["row_counts"] == counted
    told = ask(home, "select version, run_id, git_commit, stale_sources, row_counts['customers'] from marts.version")
    assert told == [(version, "r1", "abc", ["ga4"], 1)]
    parquet = folder / "versions" / version / "parquet"
    assert {each.stem for each in parquet.iterdir()} == set(counted)
    assert ask(home, f"select revenue from '{parquet}/customers.parquet'") == [(Decimal("10.25"),)]


def test_an_open_reader_keeps_its_version_and_a_new_one_gets_the_next(home: Path) -> None:
    first = publish(home)
    with duckdb.connect(str(paths.published_folder(home) / "mops.duckdb"), read_only=True) as reader:
        second = publish(home, 1)
        assert reader.execute("select version from marts.version").fetchall() == [(first,)]
    assert ask(home, "select version from marts.version") == [(second,)]


def test_the_last_seven_versions_are_kept_and_the_one_that_is_shown(home: Path) -> None:
    made = [publish(home, second) for second in range(9)]
    assert publication.versions(home) == made[-7:]

    publication.rollback(home, made[2])
    publication._prune(home)
    assert publication.current_version(home) == made[2]


def test_a_mart_is_there_as_a_table_or_as_a_view(home: Path) -> None:
    with duckdb.connect(str(paths.warehouse_file(home))) as connection:
        connection.execute("create view marts.attribution as select 1 as credit")
    marts = [*MARTS, Mart("attribution", "", {}), Mart("people", "", {})]
    assert version_file.missing_marts(home, marts) == ["people"]


def test_two_versions_of_one_second_have_two_names(home: Path) -> None:
    assert publish(home) < publish(home)


def test_rollback_goes_one_back_or_to_the_version_named(home: Path) -> None:
    made = [publish(home, second) for second in range(3)]

    assert publication.rollback(home)["version"] == made[1]
    assert ask(home, "select version from marts.version") == [(made[1],)]
    assert json.loads((paths.published_folder(home) / "manifest.json").read_text())["version"] == made[1]
    assert publication.rollback(home, made[2])["version"] == made[2]
    with pytest.raises(publication.NoSuchVersionError, match="no version 2020"):
        publication.rollback(home, "2020")
    publication.rollback(home, made[0])
    with pytest.raises(publication.NoSuchVersionError, match="no earlier version"):
        publication.rollback(home)


class KilledError(Exception):
    """Stands for a process that ended here."""


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("orchestration.version_file._write_parquet", "old"),
        ("orchestration.publication._write_read_only", "old"),
        ("pathlib.Path.rename", "old"),
        ("orchestration.publication._point_to", "old"),
        ("orchestration.publication._copy_up", "new"),
        ("orchestration.publication._prune", "new"),
    ],
)
def test_killed_anywhere_readers_see_a_whole_version_and_the_next_run_mends_the_rest(
    home: Path, monkeypatch: pytest.MonkeyPatch, place: str, shown: str
) -> None:
    old = publish(home)
    with monkeypatch.context() as killed:
        killed.setattr(place, _dies)
        with pytest.raises(KilledError):
            publish(home, 1)
    ((seen,),) = ask(home, "select version from marts.version")
    assert (seen == old) == (shown == "old")

    publication.mend(home)

    folder = paths.published_folder(home)
    assert json.loads((folder / "manifest.json").read_text())["version"] == seen
    assert list(folder.rglob(".*")) == []
    newest = publish(home, 2)
    assert ask(home, "select version from marts.version") == [(newest,)]


def _dies(*_: object) -> Callable[[], None]:
    raise KilledError
