"""The contract of test_source_contract.py under every fault profile of the sandbox."""

from pathlib import Path

import pytest
from source_contract import Loaded, Vendor, account, assert_same, raw_rows

from ingestion import client
from sandbox.faults import PROFILES

pytest_plugins = ["source_contract"]
pytestmark = pytest.mark.long

# after these a load holds what it would have held without them
PASSING = ["rate_limits", "flaky", "timeouts", "expired_tokens", "skewed_clock", "repeated_pages", "late_pages"]
# with these the vendor shows something else, which is loaded or refused
LASTING = ["new_field", "changed_type", "bad_records", "empty_account", "single_record"]
NOT_EVERYWHERE = {  # the vendors whose paging does not allow them
    "repeated_pages": {"ga4", "google_search_console", "mailchimp", "salesforce"},
    "late_pages": {
        *("amplitude", "clockify", "drift", "ga4", "google_search_console", "harvest", "mailchimp", "marketo"),
        *("meta_ads", "microsoft_ads", "salesforce", "stripe", "tiktok_ads", "zendesk"),
    },
}


def test_every_profile_is_tried() -> None:
    assert {*PASSING, *LASTING, "down", "bad_day"} == set(PROFILES)


@pytest.mark.parametrize("profile", PASSING)
def test_what_passes_changes_nothing(
    vendor: Vendor, first: Loaded, files: Path, tmp_path: Path, patient: None, monkeypatch, profile: str
) -> None:
    monkeypatch.setattr(client, "TIMEOUT", (1, 1.5))
    with account(vendor, vendor.first_day, files, faults=profile) as served:
        assert served.load(tmp_path / "home").error is None
        fallen = served.faults_fallen()
    assert bool(fallen) != (vendor.name in NOT_EVERYWHERE.get(profile, ()))
    assert_same(vendor, tmp_path / "home", first.shown, is_first=True)


@pytest.mark.parametrize("profile", LASTING)
def test_what_the_vendor_shows_instead_is_held(
    vendor: Vendor, first: Loaded, files: Path, tmp_path: Path, profile: str
) -> None:
    # Which records are bad depends on the page they are on, and shown() may ask for other pages than a load does.
    with account(vendor, vendor.first_day, files, faults=profile, has_small_pages=False) as served:
        assert served.load(tmp_path / "home").error is None
        shown = served.shown()
    can_differ = profile != "new_field" or not vendor.said("ASKED_BY_FIELD", False)
    assert (shown != first.shown) == can_differ
    assert_same(vendor, tmp_path / "home", shown, is_first=True)
    assert profile != "bad_records" or raw_rows(vendor, tmp_path / "home")["_quarantine"]
