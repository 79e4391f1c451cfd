"""Fixtures shared by all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import orchestration  # noqa: F401 - before numpy, since it says how many threads that may have
from ingestion import registry

# On CI the same examples every time: what fails there fails here. At a developer's they are drawn anew.
# No example is refused for being slow: that tells of the machine.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("patient", PATIENT)
settings.register_profile("ci", PATIENT, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "patient")

pytest.register_assert_rewrite("source_contract")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What one worker runs together: a file, or of a contract's file one vendor. The longest come first."""
    items.sort(key=lambda item: "whole_runs" not in item.path.parts)
    for item in items:
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        item.add_marker(pytest.mark.xdist_group(f"{item.path.name} {parameters.get('vendor', '')}".strip()))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data that is not ours to publish, beside the checkout; tests that use it skip where it is missing."""
    if not SHARED_DATA.is_dir():
        pytest.skip("../shared/data is not there")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def _plain_dbt_stays_as_it_was():
    """Every run points a plain `dbt build` at its own home; those of the tests are gone afterwards."""
    profiles = registry.DBT_PROJECT / "profiles.yml"
    before = profiles.read_bytes() if profiles.exists() else None
    yield
    if before is None:
        profiles.unlink(missing_ok=True)
    else:
        profiles.write_bytes(before)
