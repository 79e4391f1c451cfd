"""Runs whose process died: they are recorded as failed, in operations.duckdb and in Dagster.

Dagster starts one run at a time, so a dead run that it takes for a running one would keep all others queued for ever.
"""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from orchestration import history, operations, run_lock

GOING = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
SECONDS_TO_TAKE_THE_LOCK = 5.0  # whoever waits for it asks twenty times a second
TIME_TO_OPEN = timedelta(minutes=10)  # from its start in Dagster until a run asks for the lock


def bury(home: Path, instance: dg.DagsterInstance) -> bool:
    """Record as failed the runs whose process is gone; False where there is none, or where a run is alive."""
    if not _going(instance) and not operations.rows(home, "from runs where status = 'running'"):
        return False
    if run_lock.holder(home):
        return False
    time.sleep(SECONDS_TO_TAKE_THE_LOCK)
    try:
        with run_lock.hold(home, "a look at runs that died", wait=False):
            history.bury_dead_runs(home)
            for record in _going(instance):
                _bury(home, instance, record)
    except run_lock.LockHeldError:
        return False
    return True


def _going(instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    return list(instance.get_run_records(dg.RunsFilter(statuses=GOING)))


def _bury(home: Path, instance: dg.DagsterInstance, record: dg.RunRecord) -> None:
    """Record one run. If it is in the history it once had the lock, so it is dead; if not, it may still be starting."""
    run = record.dagster_run
    if history.run(home, run.run_id) is None:
        if datetime.now(UTC) - record.update_timestamp < TIME_TO_OPEN:
            return
        history.record_failure(home, run.run_id, "a Dagster run", history.DIED)
    instance.report_run_failed(run, history.DIED)
