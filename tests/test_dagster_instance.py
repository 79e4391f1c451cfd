"""Dagster's own files of a home: what a run leaves there, and for how long."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import dagster as dg

from orchestration import dagster_instance, history, operations


@dg.op
def step() -> None:
    print("printed by the step")


@dg.job
def run() -> None:
    step()


INTERRUPTED_RUN = """
import os, signal, sys, time
from pathlib import Path
import dagster as dg
from orchestration import dagster_instance

@dg.op
def step():
    time.sleep(1)  # until the helpers are there
    os.killpg(0, signal.SIGINT)  # as Ctrl-C does: it goes to all processes of the group
    time.sleep(60)

@dg.job
def run():
    step()

with dagster_instance.of(Path(sys.argv[1])) as instance:
    run.execute_in_process(instance=instance, raise_on_error=False)
"""


def history_of(home: Path) -> Path:
    return home / "data" / "dagster" / "history"


def files(home: Path, run_id: str) -> list[str]:
    """What of the run is on disk."""
    found = (home / "data" / "dagster").rglob(f"*{run_id}*")
    return sorted(each.name for each in found)


def test_runs_of_long_ago_leave_nothing(tmp_path: Path) -> None:
    with dagster_instance.of(tmp_path) as instance:
        ids = [run.execute_in_process(instance=instance).run_id for _ in range(3)]
    for run_id, days in zip(ids, (91, 89), strict=False):
        began = operations.now() - timedelta(days=days)
        with closing(sqlite3.connect(history_of(tmp_path) / "runs.db", isolation_level=None)) as runs:
            runs.execute("update runs set create_timestamp = ? where run_id = ?", [str(began), run_id])
    assert timedelta(days=89) < history.KEPT < timedelta(days=91)
    assert all(files(tmp_path, run_id) == [run_id, f"{run_id}.db"] for run_id in ids), "no log of SQLite's is left"

    with dagster_instance.of(tmp_path) as instance:
        dagster_instance.forget_old(instance)

        assert {each.run_id for each in instance.get_runs()} == set(ids[1:])
        assert files(tmp_path, ids[0]) == []
        assert all(instance.all_logs(run_id) for run_id in ids[1:])
    assert not list((history_of(tmp_path) / "runs").glob("*-wal"))
    with closing(sqlite3.connect(history_of(tmp_path) / "runs" / "index.db")) as index:
        assert index.execute("select * from event_logs where run_id = ?", ids[:1]).fetchall() == []


def test_an_interrupted_run_prints_no_traces_of_dagsters_helpers(tmp_path: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED_RUN, str(tmp_path)]
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, start_new_session=True, check=False)
    assert "RUN_FAILURE" in ended.stderr
    assert "KeyboardInterrupt" not in ended.stderr
