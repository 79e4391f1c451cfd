"""Loads from the sandbox beyond the contract of all sources: what a failure says, and a range of days alone."""

from datetime import date
from pathlib import Path

import duckdb
from source_contract import LATER, ZONE, Vendor, account, raw_rows

from ingestion import home as paths
from ingestion.load import load_source
from ingestion.settings import parse_as_of

pytest_plugins = ["source_contract"]


def test_a_source_that_is_down_is_a_report_and_an_empty_file(files: Path, tmp_path: Path, patient: None) -> None:
    vendor = Vendor("hubspot")
    with account(vendor, LATER, files, faults="down") as served:
        report = served.load(tmp_path)
    assert report.status == "failed"
    assert report.error == "hubspot: GET /crm/v3/owners failed 8 times; the last time: 503 SERVICE_UNAVAILABLE"
    assert not any(raw_rows(vendor, tmp_path).values())


def test_a_wrong_token_is_said_in_the_vendors_words(files: Path, tmp_path: Path) -> None:
    with account(Vendor("mailchimp"), LATER, files) as served:
        report = served.load(tmp_path, is_wrong=True)
    said = "mailchimp: GET /3.0/lists was refused: 401 API Key Invalid; see sources.mailchimp.credentials in mops.yaml"
    assert report.error == said


def test_a_range_of_days_is_pulled_again_without_a_full_load(files: Path, tmp_path: Path) -> None:
    day = date(2026, 6, 15)
    with account(Vendor("google_ads"), LATER, files) as served:
        settings, as_of = served.configure(tmp_path), parse_as_of(LATER, ZONE)
        report = load_source("google_ads", settings, tmp_path, as_of=as_of, start=day, end=day)
    assert report.error is None
    with duckdb.connect(str(paths.raw_file(tmp_path, "google_ads")), read_only=True) as connection:
        query = "select distinct date from raw.account_performance where hour is null"  # accounts in the home zone
        assert connection.execute(query).fetchall() == [(day,)]
