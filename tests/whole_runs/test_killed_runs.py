"""Runs that die at some point: the next one gives what a run that nobody disturbed gives."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from company_home import DAYS, company, copy_of
from same_marts import differences

from ingestion import home as paths
from orchestration import operations

pytestmark = pytest.mark.long

PATIENCE_SECONDS = 600


def loading(home: Path) -> bool:
    return paths.dlt_folder(home).is_dir() and any(paths.dlt_folder(home).iterdir())


def first_source_settled(home: Path) -> bool:
    run = "select run_id from runs where status = 'running'"
    return bool(operations.rows(home, f"from check_results where layer = 'raw' and run_id in ({run})"))


def building_models(home: Path) -> bool:
    return bool(operations.rows(home, "from runs where status = 'running' and models_started_at is not null"))


def building_marts(home: Path) -> bool:
    run = "select run_id from runs where status = 'running'"
    return bool(operations.rows(home, f"from check_results where layer = 'intermediate' and run_id in ({run})"))


def publishing(home: Path) -> bool:
    return any((paths.published_folder(home) / "versions").glob(".*"))


@pytest.mark.parametrize("point", [loading, first_source_settled, building_models, building_marts, publishing])
def test_a_killed_run_leaves_nothing_to_mend_by_hand(whole, first_day, tmp_path, point: Callable[[Path], bool]):
    home = copy_of(first_day, tmp_path / "home")
    shutil.rmtree(paths.dlt_folder(home.folder), ignore_errors=True)
    shown = home.query("select version from marts.version")
    with company(home, as_of=DAYS[-1]):
        process = home.start("run")
        wait_until(lambda: point(home.folder), process)
        process.kill()
        process.communicate()
        assert home.query("select version from marts.version") == shown
        home.mops("run")
    assert differences(home.published, whole.published) == {}


def wait_until(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert process.poll() is None, f"the run ended before that point: {process.communicate()[1][-3000:]}"
        assert time.monotonic() < give_up_at
        time.sleep(0.002)
