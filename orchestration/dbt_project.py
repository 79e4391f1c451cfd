"""dbt in this process: read the project once, build parts of it, and let go of the warehouse.

Run as a program it only reads the project, which takes some seconds the first time: `make setup` does.

A subprocess would import and parse again for each part, which takes longer than the models themselves. dbt keeps its
DuckDB handle until told otherwise, so every build ends by closing it: the gates and the publication read next.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.schemas.run import RunExecutionResult, RunResult
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from dbt.events.types import JinjaLogWarning, NodeFinished
from dbt_common.events.base_types import BaseEvent, EventLevel, EventMsg
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager
from filelock import FileLock

from ingestion import profiles, registry

log = logging.getLogger(__name__)

SECONDS_BETWEEN_LINES = 5.0
ENTITIES = "fqn:mops.staging fqn:mops.intermediate resource_type:seed"
MARTS = "fqn:mops.marts"


class DbtError(Exception):
    """dbt could not read or build the project; what it said."""


class Events(EventManager):
    """dbt's events, but for those that nobody reads, which dbt would write out as messages all the same."""

    def fire_event(self, e: BaseEvent, level: EventLevel | None = None, *rest: Any, **named: Any) -> None:
        """Pass on what dbt's log keeps and what the progress is told from; dbt has some twenty others per node."""
        if isinstance(e, NodeFinished) or (level or e.level_tag()) in {EventLevel.WARN, EventLevel.ERROR}:
            super().fire_event(e, level, *rest, **named)


@dataclass(frozen=True)
class Project:
    """The project as dbt reads it, for dbt and as the manifest that others read."""

    parsed: Manifest
    manifest: dict[str, Any]


def read() -> Project:
    """Parse the project, as far as it changed since anybody did in this checkout."""
    return _parse(registry.DBT_PROJECT)


@cache
def _parse(project: Path) -> Project:
    """Parse into `target/parsed` of the project, where dbt keeps what it parsed; all homes share it.

    dbt would parse everything again if the profile changed, so the profile used here names no home. Processes that
    start at the same time take turns.
    """
    kept = project / "target" / "parsed"
    profiles.write_profile_for_parsing(kept)
    with FileLock(kept / "parse.lock"):
        answer = _invoke(["parse", "--no-write-json"], kept, kept)
    if not isinstance(answer.result, Manifest):
        raise DbtError(f"dbt cannot read the project: {answer.exception}")
    return Project(answer.result, answer.result.writable_manifest().to_dict(omit_none=False))


def build(home: Path, part: str, without: str, names: Sequence[str] | None, full_refresh: bool) -> list[RunResult]:
    """Build and test a part of the project, except what `without` selects, or only the models and tests in `names`.

    `part` and `without` are dbt selections; `names` are names of models and data tests. Returns dbt's result for each
    node, and for the hook at the end (drop_orphans); DbtError where dbt itself could not run.
    """
    # A part's tests are those whose models it builds or has built before; by names nothing comes along.
    selection = [*part.split(), *(["--exclude", *without.split()] if without else [])]
    selection += ["--indirect-selection", "buildable"]
    if names is not None:
        selection = [*names, "--indirect-selection", "empty"]
    # Unit tests are about the code, not the data: `make test` runs them.
    arguments = ["build", "--select", *selection, "--exclude-resource-types", "unit_test", "--no-write-json"]
    arguments += ["--full-refresh"] if full_refresh else []
    try:
        folder = profiles.write_profiles(home)
        answer = _invoke(arguments, folder, folder / "target", read().parsed)
    finally:
        DuckDBConnectionManager.close_all_connections()
    if not isinstance(answer.result, RunExecutionResult):
        raise DbtError(f"dbt could not build: {answer.exception}") from answer.exception
    return list(answer.result.results)


def _invoke(arguments: list[str], folder: Path, target: Path, parsed: Manifest | None = None) -> dbtRunnerResult:
    options = {
        "--project-dir": registry.DBT_PROJECT,
        "--profiles-dir": folder,
        "--target-path": target,
        "--log-path": folder / "logs",
        "--log-level": "none",
        "--log-level-file": "warn",
    }
    ctx_set_event_manager(Events())
    flags = [part for name, value in options.items() for part in (name, str(value))]
    answer = dbtRunner(manifest=parsed, callbacks=[_progress_logger(), _pass_on]).invoke(
        [*arguments, *flags, "--no-send-anonymous-usage-stats"]
    )
    if answer.exception and not isinstance(answer.exception, Exception):
        raise answer.exception  # an interrupt, which dbt keeps for itself
    return answer


def _progress_logger() -> Callable[[EventMsg], None]:
    """A callback that now and then logs how many models and tests are done, and the name of the last one."""
    logged_at, done = time.monotonic(), 0

    def log_progress(event: EventMsg) -> None:
        nonlocal logged_at, done
        if event.info.name != NodeFinished.__name__:
            return
        done += 1
        if time.monotonic() - logged_at > SECONDS_BETWEEN_LINES:
            logged_at = time.monotonic()
            log.info("models: %d done, with their tests; now %s", done, event.data.node_info.node_name)

    return log_progress


def _pass_on(event: EventMsg) -> None:
    """Log what a macro warns of."""
    if event.info.name == JinjaLogWarning.__name__:
        log.info(event.data.msg)


if __name__ == "__main__":
    read()
