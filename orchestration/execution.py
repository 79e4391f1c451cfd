"""A run of the graph in this process, for the commands."""

import errno
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import dagster as dg
from sqlalchemy.exc import OperationalError

from ingestion import home as paths
from ingestion import registry
from orchestration import dagster_instance
from orchestration.definitions import JOB, build_definitions
from orchestration.loading import Range
from orchestration.publication_asset import PUBLISHED
from orchestration.session_resource import COMMAND_TAG

QUIET = {"console": {"config": {"log_level": "CRITICAL"}}}


def run(home: Path, command: str, sources: Sequence[str], wanted: Range, as_of: str | None) -> str:
    """Load the sources, build, check and publish; returns the run's id, whose end is in operations.duckdb."""
    built = dg.AssetSelection.all() - dg.AssetSelection.groups(*registry.source_names())
    loaded = dg.AssetSelection.groups(*sources) if sources else dg.AssetSelection.assets()
    build_config = {"config": {"full_refresh": wanted.full_refresh}}
    ops: dict[str, Any] = {"intermediate_models": build_config, "mart_models": build_config}
    if sources:
        days = {"start": wanted.start, "end": wanted.end}
        told = {name: day.isoformat() for name, day in days.items() if day}
        ops["load"] = {"config": {**told, "full_refresh": wanted.full_refresh}}
    return _execute(home, command, loaded | built, ops, as_of)


def publish(home: Path, command: str) -> str:
    """Publish what is in the warehouse; returns the run's id."""
    return _execute(home, command, dg.AssetSelection.assets(PUBLISHED), {}, None)


def _execute(home: Path, command: str, selection: dg.AssetSelection, ops: dict[str, Any], as_of: str | None) -> str:
    definitions = build_definitions(home)
    run_id = str(uuid.uuid4())
    session = {"session": {"config": {"as_of": as_of}}} if as_of else {}
    try:
        with dagster_instance.of(home) as instance:
            definitions.resolve_job_def(JOB).execute_in_process(
                run_config={"ops": ops, "resources": session, "loggers": QUIET},
                instance=instance,
                raise_on_error=False,
                asset_selection=sorted(selection.resolve(definitions.resolve_asset_graph())),
                run_id=run_id,
                tags={COMMAND_TAG: command},
            )
    except OperationalError as error:
        raise OSError(errno.EIO, str(error.orig), str(paths.dagster_folder(home))) from error  # the disk is full, say
    return run_id
