"""The four vendors against the sandbox: later loads equal one load of everything, whatever misbehaves on the way."""

import os
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from ingestion import client, registry
from ingestion import home as paths
from ingestion.load import load_source, preview
from ingestion.settings import load, parse_as_of
from sandbox.server import start

ZONE = "Europe/Berlin"
VENDORS = ["hubspot", "mailchimp", "google_ads", "ga4"]
DAYS = ["2026-06-10", "2026-06-20", "2026-06-30"]

# What is in a raw file but was deleted at the vendor, which the ids it still lists tell.
LISTED = {
    ("hubspot", "contacts"): "id in (select id from raw.object_ids where object_type = 'contacts')",
    ("hubspot", "companies"): "id in (select id from raw.object_ids where object_type = 'companies')",
    ("hubspot", "deals"): "id in (select id from raw.object_ids where object_type = 'deals')",
    ("hubspot", "associations"): """
        (from_type, from_id) in (select (object_type, id) from raw.object_ids where not archived)
        and (to_type, to_id) in (select (object_type, id) from raw.object_ids where not archived)
        -- a merge does not touch what hangs on the merged records: staging follows the old ids to the new one
        and to_id not in (select id from raw.contacts where hs_merged_object_ids is not null)
    """,
    # a purge takes the person's submissions along, of which no list of ids tells; nobody is left whom they could name
    ("hubspot", "form_submissions"): """
        lower(email) in (
            select lower(email) from raw.contacts
            where id in (select id from raw.object_ids where object_type = 'contacts')
        )
    """,
    ("hubspot", "contact_lifecycle_history"): """
        contact_id in (select id from raw.object_ids where object_type = 'contacts' and not archived)
    """,
    ("mailchimp", "members"): "(list_id, id) in (select (list_id, id) from raw.member_ids)",
    # what was known when depends on when one looked, and GA4's flag on the days a report held
    ("google_ads", "campaign_performance_versions"): "false",
}
EXCLUDED = {("ga4", "daily_channel_report"): "_loaded_at, is_thresholded"}


@pytest.fixture
def patient(monkeypatch):
    """No time passes between attempts."""
    monkeypatch.setattr(client, "sleep", lambda seconds: None)


@contextmanager
def company(home: Path, as_of: str, names=VENDORS, **how):
    """The tiny company at an as-of, and the settings of a home that reads it."""
    home.mkdir(exist_ok=True)
    with start("tiny", 1, as_of, **how) as box:
        sources = {}
        for name in names:
            known = registry_of(name).CREDENTIALS
            found = {key: value for key, value in box["vendors"][name]["credentials"].items() if key in known}
            os.environ.update({variable(name, key): str(value) for key, value in found.items()})
            sources[name] = {
                "base_url": box["vendors"][name]["base_url"],
                "start_date": date(2026, 4, 1),
                "credentials": {key: variable(name, key) for key in found},
            }
        if "ga4" in sources:
            sources["ga4"]["options"] = {"export": str(box["files"]["ga4_export"])}
        (home / "mops.yaml").write_text(yaml.safe_dump({"time_zone": ZONE, "sources": sources}))
        yield load(home)


def registry_of(name):
    from importlib import import_module

    assert name in registry.source_names()
    return import_module(f"ingestion.sources.{name}")


def variable(name, key):
    return f"SANDBOX_{name}_{key}".upper()


def pull(name, settings, home, as_of, **how):
    return load_source(name, settings, home, as_of=parse_as_of(as_of, ZONE), **how)


def raw_rows(home, name):
    """The rows of each raw table, but for what is known to differ, and for load times."""
    found = {}
    with duckdb.connect(str(paths.raw_file(home, name)), read_only=True) as connection:
        for resource in registry_of(name).RESOURCES:
            left_out = EXCLUDED.get((name, resource.name), "_loaded_at")
            condition = LISTED.get((name, resource.name), "true")
            query = f"select * exclude ({left_out}) from raw.{resource.name} where {condition}"
            found[resource.name] = sorted(connection.execute(query).fetchall(), key=repr)
    return found


@pytest.fixture(scope="module")
def homes(tmp_path_factory):
    """One home loaded at three as-ofs, and one loaded once."""
    stepwise, at_once = tmp_path_factory.mktemp("stepwise") / "home", tmp_path_factory.mktemp("once") / "home"
    for day in DAYS:
        with company(stepwise, day) as settings:
            assert [pull(name, settings, stepwise, day).error for name in VENDORS] == [None] * 4
    with company(at_once, DAYS[-1]) as settings:
        assert [pull(name, settings, at_once, DAYS[-1]).error for name in VENDORS] == [None] * 4
    return stepwise, at_once


@pytest.mark.parametrize("name", VENDORS)
def test_three_daily_loads_equal_one_load_of_everything(homes, name):
    stepwise, at_once = (raw_rows(home, name) for home in homes)
    assert sum(map(len, at_once.values())) > 500
    for table, rows in at_once.items():
        assert stepwise[table] == rows, table


def test_versions_say_what_was_known_when(homes):
    stepwise, _ = homes
    with duckdb.connect(str(paths.raw_file(stepwise, "google_ads")), read_only=True) as connection:
        changed, latest, now = connection.execute("""
            select
                (select count(*) from raw.campaign_performance_versions group by campaign_id, date
                 order by 1 desc limit 1),
                (select sum(cost) from (
                    select max_by(cost_micros, _loaded_at) as cost from raw.campaign_performance_versions
                    group by customer_id, campaign_id, date)),
                (select sum(cost_micros) from raw.campaign_performance)
        """).fetchone()
    assert changed > 1
    assert latest == now


@pytest.mark.parametrize("faults", ["rate_limits", "flaky", "expired_tokens"])
def test_misbehaviour_changes_nothing_but_the_time(homes, tmp_path, patient, faults):
    names = ["hubspot", "google_ads"]
    home = tmp_path / "home"
    with company(home, DAYS[-1], names, faults=faults) as settings:
        assert [pull(name, settings, home, DAYS[-1]).error for name in names] == [None] * 2
    for name in names:
        assert raw_rows(home, name) == raw_rows(homes[1], name)


def test_a_source_that_is_down_is_a_report_and_an_empty_file(tmp_path, patient):
    home = tmp_path / "home"
    with company(home, DAYS[0], ["hubspot"], down=["hubspot"]) as settings:
        report = pull("hubspot", settings, home, DAYS[0])
    assert report.status == "failed"
    assert report.error == "hubspot: GET /crm/v3/owners failed 6 times; the last time: 503 SERVICE_UNAVAILABLE"
    assert not any(raw_rows(home, "hubspot").values())


def test_a_wrong_token_is_said_in_the_vendors_words(tmp_path, monkeypatch):
    home = tmp_path / "home"
    with company(home, DAYS[0], ["mailchimp"]) as settings:
        monkeypatch.setenv(variable("mailchimp", "api_key"), "wrong-us21")
        report = pull("mailchimp", settings, home, DAYS[0])
    said = "mailchimp: GET /3.0/lists was refused: 401 API Key Invalid; see sources.mailchimp.credentials in mops.yaml"
    assert report.error == said


def test_a_preview_shows_rows_of_every_table_and_writes_nothing(tmp_path):
    home = tmp_path / "home"
    with company(home, DAYS[-1]) as settings:
        shown = {name: preview(name, settings, home, rows=3) for name in VENDORS}
        assert sorted(path.name for path in home.iterdir()) == ["mops.yaml"]
    for name, tables in shown.items():
        wanted = {each.name: each.schema for each in registry_of(name).RESOURCES if not each.versions_of}
        assert {table: rows.schema for table, rows in tables.items()} == wanted
        assert {table: rows.num_rows for table, rows in tables.items() if rows.num_rows > 3} == {}
        empty = {table for table, rows in tables.items() if not rows.num_rows}
        assert empty <= {"tickets", "unsubscribes"}, (name, empty)


def test_a_range_of_days_is_pulled_again_without_a_full_load(homes, tmp_path):
    day = date(2026, 6, 15)
    home = tmp_path / "home"
    with company(home, DAYS[-1], ["google_ads"]) as settings:
        report = pull("google_ads", settings, home, DAYS[-1], start=day, end=day)
    assert report.error is None
    with duckdb.connect(str(paths.raw_file(home, "google_ads")), read_only=True) as connection:
        query = "select distinct date from raw.account_performance where hour is null"  # accounts in the home zone
        assert connection.execute(query).fetchall() == [(day,)]
