"""Dagster's own state of a home: the settings of the dagster.yaml at the root, kept in the home's data/dagster."""

import os
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg

from ingestion import home as paths
from ingestion import registry
from orchestration import history

RELATIVE = "data/dagster"


def use(home: Path) -> Path:
    """Make data/dagster the DAGSTER_HOME of this process and of those it starts."""
    folder = paths.dagster_folder(home.resolve())
    settings = (registry.REPOSITORY / "dagster.yaml").read_text(encoding="utf-8")
    paths.replace_file(folder / "dagster.yaml", settings.replace(f"base_dir: {RELATIVE}", f"base_dir: {folder}"))
    os.environ["DAGSTER_HOME"] = str(folder)
    return folder


def of(home: Path) -> dg.DagsterInstance:
    """Open the instance of a home."""
    return dg.DagsterInstance.from_config(str(use(home)))


def forget_old(instance: dg.DagsterInstance) -> None:
    """Drop the runs of long ago, each of some megabytes, with their events and what they printed."""
    long_ago = datetime.now(UTC) - history.KEPT
    for run in instance.get_runs(dg.RunsFilter(created_before=long_ago)):
        instance.delete_run(run.run_id)
        instance.compute_log_manager.delete_logs(prefix=[run.run_id])
