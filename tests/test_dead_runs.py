"""What becomes of a run whose process died, or that never opened: in operations.duckdb, in Dagster and its queue."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import EngineEventData, JobFailureData
from dagster._core.storage.dagster_run import ACTIVE_RUN_STATUSES
from dagster_shared.error import SerializableErrorInfo

from orchestration import dagster_instance, dead_runs, history, run_lock
from orchestration.sensors import build_sensors

RUN = """
import sys, time
from pathlib import Path
import dagster as dg
from orchestration import dagster_instance
from orchestration.session_resource import build_session_resource

home = Path(sys.argv[1])

@dg.op(required_resource_keys={"session"})
def step():
    if "fails" in sys.argv:
        raise ValueError("anna@example.com")
    if "lacks room" in sys.argv:
        raise OSError(28, "No space left on device", "exports/anna.csv")
    print("going", flush=True)
    time.sleep(600)

@dg.job(resource_defs={"session": build_session_resource(home)})
def run():
    step()

with dagster_instance.of(home) as instance:
    run.execute_in_process(instance=instance, run_id=sys.argv[2], raise_on_error=False)
    print("over", flush=True)
    time.sleep(600)
"""
RUN_ID = "5d0cbb8c-0a39-4a7a-9f5c-6f9a2d0f4f4e"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mops.yaml").write_text("sources: {hubspot: {}}\n")
    monkeypatch.setattr(dead_runs, "SECONDS_TO_TAKE_THE_LOCK", 0.2)
    return tmp_path


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    with dagster_instance.of(home) as opened:
        yield opened


@contextmanager
def a_run(home: Path, how: str) -> Iterator[str]:
    """A run in a process of its own, as far as it says something; killed in the end."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(home), RUN_ID, how], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def sensors(home: Path) -> dict[str, dg.SensorDefinition]:
    return {each.name: each for each in build_sensors(home)}


def look(home: Path, instance: dg.DagsterInstance) -> None:
    """A tick of the sensor."""
    sensors(home)["runs_that_died"].evaluate_tick(dg.build_sensor_context(instance=instance))


def ended(home: Path, run_id: str) -> tuple[str, str]:
    run = history.run(home, run_id)
    assert run is not None
    return run["status"], run["error"]


def in_the_way(instance: dg.DagsterInstance) -> list[str]:
    """The runs for which Dagster's daemon lets the queued ones wait."""
    return [run.run_id for run in instance.get_runs(dg.RunsFilter(statuses=ACTIVE_RUN_STATUSES))]


def test_a_killed_run_does_not_keep_the_others_in_the_queue(home: Path, instance: dg.DagsterInstance) -> None:
    with a_run(home, "works") as said:
        assert said == "going"
        look(home, instance)
        assert ended(home, RUN_ID) == ("running", None), "a run that is going is left alone"
    assert in_the_way(instance) == [RUN_ID]

    look(home, instance)

    assert ended(home, RUN_ID) == ("failed", history.DIED)
    assert instance.get_run_by_id(RUN_ID).status == dg.DagsterRunStatus.FAILURE
    assert in_the_way(instance) == []


def test_nobody_begins_while_the_process_of_a_failed_run_is_there(home: Path) -> None:
    """Its loads may be writing still, on threads that nobody waits for."""
    with a_run(home, "fails") as said:
        assert said == "over"
        assert ended(home, RUN_ID) == ("failed", "ValueError in step step")
        with pytest.raises(run_lock.LockHeldError), run_lock.hold(home, "mops run", wait=False):
            pass
    with run_lock.hold(home, "mops run", wait=False):
        pass


def test_a_failure_says_what_the_machine_lacks_and_quotes_nothing_else(home: Path) -> None:
    with a_run(home, "lacks room"):
        assert ended(home, RUN_ID) == ("failed", "OSError in step step: No space left on device")


def test_a_run_that_never_had_the_lock_may_take_its_time_to_load(
    home: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = instance.add_run(dg.DagsterRun("run", status=dg.DagsterRunStatus.STARTED))
    look(home, instance)
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTED

    monkeypatch.setattr(dead_runs, "TIME_TO_OPEN", timedelta(0))
    with run_lock.hold(home, "mops run", wait=False):
        look(home, instance)  # it may be waiting for this one
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.STARTED

    look(home, instance)
    assert instance.get_run_by_id(run.run_id).status == dg.DagsterRunStatus.FAILURE
    assert ended(home, run.run_id) == ("failed", history.DIED)


@pytest.mark.parametrize("said_by", ["the run", "Dagster"])
def test_a_run_that_could_not_load_the_graph_is_told_of(home: Path, instance: dg.DagsterInstance, said_by: str) -> None:
    run = instance.add_run(dg.DagsterRun("run", status=dg.DagsterRunStatus.STARTED))
    secret = SerializableErrorInfo("mops.yaml: jane@example.com", [], "SettingsError")
    if said_by == "Dagster":
        instance.report_engine_event("It did not load.", run, EngineEventData(error=secret))
    event = instance.report_run_failed(run, job_failure_data=JobFailureData(secret) if said_by == "the run" else None)
    context = dg.build_run_status_sensor_context("failure_alert", event, instance, run)
    sensors(home)["failure_alert"](context.for_run_failure())

    status, error = ended(home, run.run_id)
    assert status == "failed"
    assert error.startswith("SettingsError before the run could open")
    assert "jane" not in error
