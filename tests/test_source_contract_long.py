"""The rest of the contract of test_source_contract.py: what happens seldom (faults are in a file of their own)."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from source_contract import LATER, Loaded, Vendor, account, assert_happened, assert_same, raw_rows

from ingestion.load import preview
from ingestion.registry import REPOSITORY

pytest_plugins = ["source_contract"]
pytestmark = pytest.mark.long


def test_nothing_new_changes_nothing(vendor: Vendor, first: Loaded, files: Path, tmp_path: Path) -> None:
    home = shutil.copytree(first.home, tmp_path / "home")
    before = raw_rows(vendor, home)
    with account(vendor, vendor.first_day, files) as served:
        assert served.load(home).error is None
    assert raw_rows(vendor, home) == before


def test_a_preview_shows_some_rows_of_each_table_and_writes_nothing(
    vendor: Vendor, files: Path, tmp_path: Path
) -> None:
    with account(vendor, vendor.first_day, files) as served:
        previewed = preview(vendor.name, served.configure(tmp_path), tmp_path, rows=3)
    assert [path.name for path in tmp_path.iterdir()] == ["mops.yaml"]
    assert {name: rows.schema for name, rows in previewed.items()} == {
        name: each.schema for name, each in vendor.tables.items()
    }
    assert {1, 2, 3} & {rows.num_rows for rows in previewed.values()} and max(map(len, previewed.values())) <= 3


@pytest.mark.parametrize("what", ["deleted", "merged"])
def test_what_is_gone_is_no_longer_shown_by_raw(vendor: Vendor, first: Loaded, later: Loaded, what: str) -> None:
    if what not in vendor.said("CHANGES", {}):
        pytest.skip(f"nothing is {what} at {vendor.name}")
    assert_happened(vendor, what, first.shown, later.shown)
    assert_same(vendor, later.home, later.shown)


def test_a_load_that_was_killed_is_made_good_by_the_next(
    vendor: Vendor, first: Loaded, later: Loaded, files: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(first.home, tmp_path / "home")
    with account(vendor, LATER, files) as served:
        served.configure(home)
        command = [sys.executable, "-m", "tests.killed_load", vendor.name, str(home), LATER, 'DELETE FROM "raw"']
        killed = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
        assert killed.returncode == -9, killed.stderr[-2000:]
        assert served.load(home).error is None
    assert_same(vendor, home, later.shown)
