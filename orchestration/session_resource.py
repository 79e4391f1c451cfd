"""The session of a run as the Dagster resource that every step asks for: opened once a run, closed when it ends."""

import errno
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from orchestration import alerts, dagster_instance, history, run_lock
from orchestration.session import Session, open_session

log = logging.getLogger(__name__)

COMMAND_TAG = "mops/command"
# What errors say that are the machine's and not the data's.
OF_THE_SYSTEM = [
    os.strerror(number)
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENOMEM)
]
INTERRUPTED = dg.DagsterExecutionInterruptedError.__name__


def build_session_resource(home: Path) -> dg.ResourceDefinition:
    """The resource `session` of this home."""

    @dg.resource(
        config_schema={
            "as_of": dg.Field(str, is_required=False, description="A date or time; else that of mops.yaml, else now.")
        },
        description="One run at a time: waits for the run lock and holds it to the end (of its process, if it fails).",
    )
    def session(context: dg.InitResourceContext) -> Iterator[Session]:
        run = context.run
        command = run.tags.get(COMMAND_TAG, "a Dagster run") if run else "a Dagster run"
        run_id = run.run_id if run else "without a run"
        with open_session(home, run_id, command, context.resource_config.get("as_of")) as opened:
            try:
                if context.instance:
                    dagster_instance.forget_old(context.instance)
                yield opened
            finally:
                problem = _problem(context.instance, run_id)
                history.end_run(home, run_id, problem)
                alerts.tell(home)
                if problem:
                    run_lock.keep(home)

    return session


def _problem(instance: dg.DagsterInstance | None, run_id: str) -> str | None:
    """Why the run failed, if it did: what its first step to fail said."""
    kinds = {dg.DagsterEventType.STEP_FAILURE, dg.DagsterEventType.STEP_SUCCESS}
    ended = [log.get_dagster_event() for log in instance.all_logs(run_id, of_type=kinds)] if instance else []
    failed = [event for event in ended if event.is_step_failure]
    if failed:
        return _reason(failed[0])
    return None if ended else "no step of the run began; Dagster's log of the run says why"


def _reason(event: dg.DagsterEvent) -> str:
    """The failure in mops' own words where it has some, else the kind of error, for its text may quote data.

    The log has where in the code it was raised.
    """
    failure = event.step_failure_data
    if failure.user_failure_data and failure.user_failure_data.description:
        return failure.user_failure_data.description
    error = failure.error
    if error is None or error.cls_name == INTERRUPTED:
        return f"{history.INTERRUPTED} in step {event.step_key}"
    cause = error.cause or error
    log.error("%s in step %s\n%s", cause.cls_name, event.step_key, "".join(cause.stack))
    of_the_system = next((f": {each}" for each in OF_THE_SYSTEM if each in cause.message), "")
    return f"{cause.cls_name} in step {event.step_key}{of_the_system}"
