"""Loads through dlt into DuckDB: what each disposition leaves, versions, and loads that are killed."""

import json
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from ingestion import vendor
from ingestion.load import load_source
from ingestion.settings import Settings
from tests import fake_vendor

FIRST_AS_OF, LATER_AS_OF = "2026-01-10T20:00:00", "2026-01-11T20:00:00"
WORLD = {
    "people": [
        {"id": "1", "name": "Anna", "changed_at": "2026-01-01T00:00:00+00:00"},
        {"id": "2", "name": "Bert", "changed_at": "2026-01-02T00:00:00+00:00"},
    ],
    "owners": [{"id": "o1", "name": "Olga"}, {"id": "o2", "name": "Otto"}],
    "days": [
        {"account": "a", "campaign": "c", "day": "2026-01-03", "hour": 1, "cost": 10, "conversions": 0.5},
        {"account": "a", "campaign": "c", "day": "2026-01-03", "hour": 2, "cost": 20, "conversions": 0.25},
        {"account": "a", "campaign": "d", "day": "2026-01-09", "cost": 5, "conversions": 1.0},
        {"account": "a", "campaign": "c", "day": "2026-01-10", "cost": 7, "conversions": 1.0},
    ],
}
LATER = {
    "people": [
        {"id": "1", "name": "Anna", "changed_at": "2026-01-01T00:00:00+00:00"},
        {"id": "2", "name": "Berta", "changed_at": "2026-01-10T21:00:00+00:00"},
        {"id": "3", "name": "Carl", "changed_at": "2026-01-11T00:00:00+00:00"},
    ],
    "owners": [{"id": "o2", "name": "Otto"}],
    "days": [
        {"account": "a", "campaign": "c", "day": "2026-01-03", "cost": 99, "conversions": 9.0},  # out of the window
        {"account": "a", "campaign": "c", "day": "2026-01-10", "cost": 8, "conversions": 1.5},  # the 9th is gone
        {"account": "a", "campaign": "c", "day": "2026-01-11", "cost": 1, "conversions": 0.0},
    ],
}


def put(home, world):
    home.mkdir(exist_ok=True)
    (home / "world.json").write_text(json.dumps(world))
    return home


def rows(home, table, columns="* exclude (_loaded_at)"):
    with duckdb.connect(str(home / "data/raw/fake.duckdb"), read_only=True) as connection:
        return sorted(connection.execute(f"select {columns} from raw.{table}").fetchall(), key=repr)


def everything(home):
    return {each.name: rows(home, each.name) for each in fake_vendor.RESOURCES}


@pytest.fixture(scope="module")
def first_home(tmp_path_factory):
    """A home that holds the first world."""
    home = put(tmp_path_factory.mktemp("first") / "home", WORLD)
    fake_vendor.load(home, FIRST_AS_OF)
    return home


@pytest.fixture(scope="module")
def later_home(first_home, tmp_path_factory):
    """The same once the second world is loaded too."""
    home = shutil.copytree(first_home, tmp_path_factory.mktemp("later") / "home")
    fake_vendor.load(put(home, LATER), LATER_AS_OF)
    return home


@pytest.fixture
def home(first_home, tmp_path):
    return shutil.copytree(first_home, tmp_path / "home")


@pytest.fixture
def later(later_home, tmp_path):
    return shutil.copytree(later_home, tmp_path / "home")


def test_merged_rows_are_replaced_by_key_and_others_stay(later):
    assert rows(later, "people", "id, name") == [("1", "Anna"), ("2", "Berta"), ("3", "Carl")]


def test_a_replaced_table_holds_what_came(later):
    assert rows(later, "owners", "id, name") == [("o2", "Otto")]


def test_a_day_that_became_empty_is_empty_and_older_days_stay(later):
    assert rows(later, "days", "day::varchar, hour, cost") == [
        ("2026-01-03", 1, 10),
        ("2026-01-03", 2, 20),
        ("2026-01-10", None, 8),
        ("2026-01-11", None, 1),
    ]


def test_versions_hold_each_change_of_a_day_once_and_zeros_for_one_that_vanished(later):
    fake_vendor.load(later, "2026-01-11T21:00:00")
    versions = "campaign, day::varchar, cost, conversions"
    assert rows(later, "days_versions", versions) == [
        ("c", "2026-01-03", 30, 0.75),
        ("c", "2026-01-10", 7, 1.0),
        ("c", "2026-01-10", 8, 1.5),
        ("c", "2026-01-11", 1, 0.0),
        ("d", "2026-01-09", 0, 0.0),
        ("d", "2026-01-09", 5, 1.0),
    ]


def test_a_repeated_load_changes_nothing(later):
    before = everything(later)
    fake_vendor.load(later, LATER_AS_OF)
    assert everything(later) == before


def test_a_record_that_comes_twice_is_kept_once_as_it_came_last(tmp_path):
    twice = [*WORLD["people"], {"id": "1", "name": "Anne", "changed_at": "2026-01-01T00:00:00+00:00"}]
    home = put(tmp_path / "home", {**WORLD, "people": twice})
    fake_vendor.load(home, FIRST_AS_OF)
    assert rows(home, "people", "id, name") == [("1", "Anne"), ("2", "Bert")]


def test_a_full_refresh_forgets_what_is_gone_but_no_version(later):
    versions = rows(later, "days_versions")
    put(later, {"people": WORLD["people"][:1], "owners": [], "days": LATER["days"][1:]})
    fake_vendor.load(later, LATER_AS_OF, is_full=True)
    assert rows(later, "people", "id") == [("1",)]
    assert rows(later, "owners") == []
    assert rows(later, "days", "day::varchar") == [("2026-01-10",), ("2026-01-11",)]
    gone = ("a", "c", 0, 0.0)
    assert [row for row in rows(later, "days_versions") if row not in versions and row[:4] != gone] == []


def test_a_range_is_read_again_and_moves_nothing(later):
    put(later, {**LATER, "days": [{**LATER["days"][0], "cost": 50}]})
    fake_vendor.load(later, "2026-01-04T00:00:00", start="2026-01-02T00:00:00")
    assert ("2026-01-03", 50) in rows(later, "days", "day::varchar, cost")
    assert ("2026-01-10", 8) in rows(later, "days", "day::varchar, cost")
    put(later, {**LATER, "people": [{"id": "4", "name": "Dora", "changed_at": "2026-01-11T19:30:00+00:00"}]})
    fake_vendor.load(later, "2026-01-12T20:00:00")
    assert ("4", "Dora") in rows(later, "people", "id, name")


@pytest.mark.parametrize(
    ("as_of", "now"),
    [
        ("2026-01-11T22:59:59", "2026-01-11T08:00:00"),  # --as-of with the date of today, in the morning
        ("2026-01-31T00:00:00", "2026-01-11T08:00:00"),
        ("2099-01-01T00:00:00", "2099-01-01T00:00:00"),  # the machine's clock was wrong
    ],
)
def test_a_load_up_to_a_time_that_is_yet_to_come_loses_nothing(home, as_of, now):
    fake_vendor.load(home, as_of, now=now)
    dora = {"id": "4", "name": "Dora", "changed_at": "2026-01-11T12:00:00+00:00"}
    day = {"account": "a", "campaign": "c", "day": "2026-01-11", "cost": 3, "conversions": 1.0}
    put(home, {"people": [dora], "owners": [], "days": [*WORLD["days"], day]})
    fake_vendor.load(home, "2026-01-12T20:00:00")
    assert rows(home, "people", "id") == [("1",), ("2",), ("4",)]
    assert ("2026-01-11", 3) in rows(home, "days", "day::varchar, cost")


def test_a_clock_behind_the_as_of_is_no_obstacle(tmp_path, later):
    put(tmp_path / "home", WORLD)
    fake_vendor.load(tmp_path / "home", FIRST_AS_OF, now="2025-12-01T00:00:00")
    fake_vendor.load(put(tmp_path / "home", LATER), LATER_AS_OF, now="2025-12-01T00:10:00")
    assert rows(tmp_path / "home", "people") == rows(later, "people")


def test_unreadable_records_are_kept_with_their_reason_and_only_once(home):
    bad = {"id": "9", "name": "X", "changed_at": "soon"}
    put(home, {**WORLD, "owners": [{"name": "nobody"}], "people": [bad]})
    for _ in range(2):
        loaded = fake_vendor.load(home, FIRST_AS_OF, is_full=True)
    quarantine = rows(home, "_quarantine", "table_name, record_key, reason, record")
    assert ("people", "9", "changed_at is not a time", json.dumps(bad, separators=(",", ":"))) in quarantine
    assert len(quarantine) == 2
    assert (loaded["people"].quarantined, loaded["owners"].quarantined) == (1, 1)


def test_fields_nobody_declared_are_kept_and_told(home):
    put(home, {**WORLD, "owners": [{"id": "o1", "name": "Olga", "shoe_size": 38}]})
    loaded = fake_vendor.load(home, "2026-01-10T21:00:00")
    assert rows(home, "owners", "id, _extra") == [("o1", '{"shoe_size":38}')]
    assert loaded["owners"].unexpected_fields == ("shoe_size",)
    assert (loaded["owners"].rows, loaded["owners"].rows_total) == (1, 1)


def test_a_reader_that_fails_leaves_the_raw_file_as_it_was(home):
    before = everything(home)
    put(home, {"people": [], "owners": []})  # days are missing: the last reader raises
    with pytest.raises(Exception, match="days"):
        fake_vendor.load(home, LATER_AS_OF)
    assert everything(home) == before


def test_no_copy_of_what_was_loaded_stays_in_dlts_folder(home):
    fake_vendor.load(home, LATER_AS_OF)
    assert list((home / "data/dlt").iterdir()) == []
    put(home, {"people": WORLD["people"]})
    with pytest.raises(Exception, match="owners"):
        fake_vendor.load(home, LATER_AS_OF)
    assert list((home / "data/dlt").iterdir()) == []


def test_an_error_nobody_foresaw_is_told_by_its_kind_for_it_may_quote_a_record(tmp_path, monkeypatch, caplog):
    address = "anna@example.com"

    def quotes_a_record(*_):
        try:
            raise ValueError(f"no number: {address}")
        except ValueError as error:
            raise RuntimeError(f"the pipeline failed: {error}") from error

    monkeypatch.setattr(vendor, "load", quotes_a_record)
    report = load_source("mailchimp", Settings(), tmp_path, as_of=datetime.fromisoformat(LATER_AS_OF))
    assert report.error == "mailchimp: ValueError"
    assert "quotes_a_record" in caplog.text  # where it was raised
    assert address not in caplog.text


@pytest.mark.parametrize(
    "point",
    [
        "read",  # in the middle of what the vendor gives
        "read_parquet",  # all is read, nothing is in the file
        'DELETE FROM "raw"."people"',  # the copies are in the file, and perhaps one table or another
        'DELETE FROM "raw"."days_versions"',
        'INSERT INTO "raw"."_dlt_loads"',  # every table is changed, the load is not marked as done
        'DELETE FROM "raw_staging"."people" WHERE 1=1',  # before or after everything
    ],
)
def test_a_killed_load_neither_loses_nor_doubles_a_row(home, later_home, point):
    put(home, LATER)
    command = [sys.executable, "-m", "tests.fake_vendor", str(home), LATER_AS_OF, point]
    dead = subprocess.run(command, cwd=Path(__file__).parent.parent, capture_output=True, text=True, timeout=120)
    assert dead.returncode == -9, dead.stdout + dead.stderr
    fake_vendor.load(home, LATER_AS_OF)
    assert everything(home) == everything(later_home)
