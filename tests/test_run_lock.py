"""One run at a time, whoever started it and however it ended."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orchestration import run_lock

HOLD = """
import sys, time
from pathlib import Path
from orchestration import run_lock
with run_lock.hold(Path(sys.argv[1]), "mops run", wait=False):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other_run(tmp_path: Path):
    """Another process that holds the lock of the home."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_run_is_told_who_holds_the_lock(tmp_path: Path, other_run: subprocess.Popen) -> None:
    with (
        pytest.raises(run_lock.LockHeldError, match=rf"mops run \(process {other_run.pid}, since "),
        run_lock.hold(tmp_path, "mops publish", wait=False),
    ):
        pass


def test_a_killed_run_lets_go(tmp_path: Path, other_run: subprocess.Popen) -> None:
    other_run.kill()
    other_run.wait()

    assert run_lock.holder(tmp_path) is None
    with run_lock.hold(tmp_path, "the next", wait=False):
        assert "the next" in str(run_lock.holder(tmp_path))


def test_a_living_process_that_got_the_number_of_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    with run_lock.hold(tmp_path, "before", wait=False):
        left = (tmp_path / "data" / "run.lock.holder").read_text()
    (tmp_path / "data" / "run.lock.holder").write_text(left.replace(f'"process": {os.getpid()}', '"process": 1'))

    assert run_lock.holder(tmp_path) is None


def test_a_waiting_run_goes_when_the_other_ends(tmp_path: Path, other_run: subprocess.Popen) -> None:
    began = time.monotonic()
    subprocess.Popen([sys.executable, "-c", f"import time, os; time.sleep(0.5); os.kill({other_run.pid}, 9)"])

    with run_lock.hold(tmp_path, "mops run --wait", wait=True):
        assert time.monotonic() - began > 0.4


def test_a_process_that_holds_the_lock_may_take_it_again(tmp_path: Path) -> None:
    with run_lock.hold(tmp_path, "the command", wait=False):
        with run_lock.hold(tmp_path, "its run", wait=False):
            pass
        assert "the command" in str(run_lock.holder(tmp_path))
    assert run_lock.holder(tmp_path) is None
