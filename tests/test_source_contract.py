"""Every vendor of the registry keeps one contract: after each load, raw and quarantine hold exactly what its API shows.

A vendor is proven by a module tests/shown/<vendor>.py, which reads the vendor's API in the plainest way and imports
nothing of ingestion/:

    def shown(api) -> dict[str, list[dict]]
        Everything the API shows now, to the last page: raw table -> records, with raw's column names and JSON values
        (times may be ISO text, milliseconds, or datetimes). It gives every table of the source's RESOURCES but those
        with versions_of; fields that no column declares may be left in the records.
        `api` (tests/vendor_api.py) has .url, .credentials, .files, .session, .get(path, **query), .post(path, body),
        and .sign_in() for the refresh-token grant at credentials["token_uri"]; it is not signed in yet.
    def sign_in(api) -> None
        What shown() does first: puts the credentials into api.session. tests/sandbox_vendors and tests/sdks use it too.
    CHANGES: dict[str, str]
        In which raw table one sees what happened from the first load to the later one. "restated" is needed:
        values of a known key changed. "deleted": a key is no longer shown, or "table.column": this column of a known
        key changed (a flag). "merged": "table.column": the column, such as the ids that were merged into this one, is
        filled now. What never happens at the vendor is left out.
    PAGES: dict[str, Any]
        Dotted names of the constants that say how much is asked for at once (or given, where the vendor decides) ->
        what they are in these tests, so that a tiny company has pages beyond the first. Left out where nothing comes in
        pages.
    STILL_SHOWN: dict[str, str] = {}
        Raw table -> SQL condition on its rows (and on other tables, as raw.<table>): which of them the vendor still
        shows, where deleted ones stay in raw until staging drops them. Not applied after first loads.
    NOT_SHOWN: dict[str, tuple[str, ...]] = {}
        Raw table -> columns that shown() cannot give.
    FIRST: str = "2026-06-10"
        The as-of of the first load, where what CHANGES names happened before that day. The later one is 2026-06-30.
    ASKED_BY_FIELD: bool = False
        Whether the vendor gives only fields that are asked for by name, so that none can appear by itself.

Records that cannot be read as the columns declare must be in quarantine. Where the sandbox's vendor declares its
`records` and pages (sandbox/vendor.py), every profile of sandbox/faults.py works for it unchanged.

Here is what `make test` runs; `make test-long` has the rest in _long.py and _faults.py beside it. For one vendor:
    pytest -q -p no:cacheprovider tests/test_source_contract*.py -k mailchimp
"""

from pathlib import Path

import pytest
from source_contract import Loaded, Vendor, account, assert_happened, assert_same, known_when

pytest_plugins = ["source_contract"]


def test_a_first_load_holds_what_is_shown(vendor: Vendor, first: Loaded) -> None:
    assert sum(map(len, first.shown.values())) > 20
    assert_same(vendor, first.home, first.shown, is_first=True)
    assert bool(first.following) == bool(vendor.said("PAGES", {})), "PAGES is to make a load ask for a second page"


def test_an_increment_and_restated_days_hold_what_is_shown(vendor: Vendor, first: Loaded, later: Loaded) -> None:
    assert_happened(vendor, "restated", first.shown, later.shown)
    assert_same(vendor, later.home, later.shown)


def test_versions_say_what_was_known_when(vendor: Vendor, later: Loaded) -> None:
    kept = [each for each in vendor.source.RESOURCES if each.versions_of]
    if not kept:
        pytest.skip("there are no days that could be restated")
    for versions in kept:
        changes, latest, now = known_when(vendor, later.home, versions)
        assert changes > 1, f"no day of {versions.versions_of} was restated"
        assert latest == pytest.approx(now)


def test_a_wrong_token_is_refused_and_changes_nothing(vendor: Vendor, first: Loaded, files: Path) -> None:
    if not vendor.source.CREDENTIALS:
        pytest.skip("there is nothing to refuse")
    with account(vendor, vendor.first_day, files) as served:
        report = served.load(first.home, is_wrong=True)
    assert report.status == "failed"
    assert report.error and "credentials" in report.error, report.error
    assert "wrong" not in report.error
    assert_same(vendor, first.home, first.shown, is_first=True)


def test_passing_troubles_change_nothing(
    vendor: Vendor, first: Loaded, files: Path, tmp_path: Path, patient: None
) -> None:
    with account(vendor, vendor.first_day, files, faults="bad_day") as served:
        assert served.load(tmp_path / "home").error is None
        assert served.faults_fallen()["unavailable"]
    assert_same(vendor, tmp_path / "home", first.shown, is_first=True)
