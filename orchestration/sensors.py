"""What watches runs from outside them: a run whose process died cannot tell of its own end."""

from pathlib import Path

import dagster as dg

from orchestration import alerts, history, run_lock


def build_sensors(home: Path) -> list[dg.SensorDefinition]:
    """The one sensor; runs that end by themselves have told already, and nothing is told twice."""

    @dg.run_failure_sensor(
        name="failure_alert",
        description="Tells the webhook or Slack of a failure that the run itself could not tell.",
        default_status=dg.DefaultSensorStatus.RUNNING,
    )
    def failure_alert(context: dg.RunFailureSensorContext) -> None:
        if run_lock.holder(home) is None:
            history.bury_dead_runs(home)
        alerts.tell(home)

    return [failure_alert]
