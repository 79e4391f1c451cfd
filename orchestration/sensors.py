"""What watches runs from outside them: a run whose process died, or never came so far, cannot tell of its own end."""

from pathlib import Path
from typing import Any

import dagster as dg

from orchestration import alerts, dead_runs, history


def build_sensors(home: Path) -> list[dg.SensorDefinition]:
    """Both; runs that end by themselves have told already, and nothing is told twice."""

    @dg.run_failure_sensor(
        name="failure_alert",
        description="Tells the webhook or Slack of a failure that the run itself could not tell.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def failure_alert(context: dg.RunFailureSensorContext) -> None:
        dead_runs.bury(home, context.instance)
        run_id = context.dagster_run.run_id
        if history.run(home, run_id) is None:
            history.record_failure(home, run_id, "a Dagster run", _kind(context))
        alerts.tell(home)

    @dg.sensor(
        name="runs_that_died",
        description="Ends the runs that no process is at any more, so that the others need not wait for them.",
        minimum_interval_seconds=60,
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def runs_that_died(context: dg.SensorEvaluationContext) -> dg.SkipReason:
        if not dead_runs.bury(home, context.instance):
            return dg.SkipReason("No run died.")
        alerts.tell(home)
        return dg.SkipReason("A run died; its end is told.")

    return [failure_alert, runs_that_died]


def _kind(context: dg.RunFailureSensorContext) -> str:
    """The kind of error that kept a run from opening; its text, which may quote anything, is in Dagster's log."""
    data = context.failure_event.job_failure_data  # None where Dagster itself ended the run
    error = data.error if data and data.error else _error_of_dagster(context.instance, context.dagster_run.run_id)
    while error and error.cause:
        error = error.cause
    return f"{error.cls_name if error else 'an error'} before the run could open; Dagster's log of the run says more"


def _error_of_dagster(instance: dg.DagsterInstance, run_id: str) -> Any:
    logs = instance.all_logs(run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)
    errors = [log.get_dagster_event().engine_event_data.error for log in logs]
    return next(filter(None, reversed(errors)), None)
