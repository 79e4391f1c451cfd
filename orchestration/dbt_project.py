"""dbt in this process: read the project once, build parts of it, and let go of the warehouse.

A subprocess would import and parse again for each part, which takes longer than the models themselves. dbt keeps its
DuckDB handle until told otherwise, so every build ends by closing it: the gates and the publication read next.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.artifacts.schemas.run import RunExecutionResult, RunResult
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest
from filelock import FileLock

from ingestion import home as paths
from ingestion import registry
from ingestion.profiles import write_profiles

ENTITIES = "fqn:mops.staging fqn:mops.intermediate resource_type:seed"
MARTS = "fqn:mops.marts"


class DbtError(Exception):
    """dbt could not read or build the project; what it said."""


@dataclass(frozen=True)
class Project:
    """The project as dbt reads it, for dbt and as the manifest that others read."""

    parsed: Manifest
    manifest: dict[str, Any]


@cache
def read(home: Path) -> Project:
    """Parse the project, as far as it changed. Processes that start together take turns: they share dbt's cache."""
    write_profiles(home)
    with FileLock(paths.dbt_folder(home) / "parse.lock"):
        answer = _invoke(home, ["parse"])
        if not isinstance(answer.result, Manifest):
            raise DbtError(f"dbt cannot read the project: {answer.exception}")
        manifest = json.loads((_target(home) / "manifest.json").read_bytes())
    return Project(answer.result, manifest)


def staging_of(sources: Iterable[str]) -> str:
    """The part of the project that stages these sources."""
    return " ".join(f"fqn:mops.staging.{source}" for source in sources)


def build(home: Path, part: str, without: str, names: Sequence[str] | None, full_refresh: bool) -> list[RunResult]:
    """Build and test a part of the project without another, or just the models and data tests of these names."""
    # A part's tests are those whose models it builds or has built before; by names nothing comes along.
    selection = [*part.split(), *(["--exclude", *without.split()] if without else [])]
    selection += ["--indirect-selection", "buildable"]
    if names is not None:
        selection = [*names, "--indirect-selection", "empty"]
    # Unit tests are about the code, not the data: `make test` runs them.
    arguments = ["build", "--select", *selection, "--exclude-resource-types", "unit_test", "--no-write-json"]
    arguments += ["--full-refresh"] if full_refresh else []
    try:
        answer = _invoke(home, arguments, read(home).parsed)
    finally:
        DuckDBConnectionManager.close_all_connections()
    if not isinstance(answer.result, RunExecutionResult):
        raise DbtError(f"dbt could not build: {answer.exception}") from answer.exception
    return list(answer.result.results)


def _invoke(home: Path, arguments: list[str], parsed: Manifest | None = None) -> dbtRunnerResult:
    options = {
        "--project-dir": registry.DBT_PROJECT,
        "--profiles-dir": paths.dbt_folder(home),
        "--target-path": _target(home),
        "--log-path": paths.dbt_folder(home) / "logs",
        "--log-level": "none",
        "--log-level-file": "info",
    }
    flags = [part for name, value in options.items() for part in (name, str(value))]
    answer = dbtRunner(manifest=parsed).invoke([*arguments, *flags, "--no-send-anonymous-usage-stats"])
    if answer.exception and not isinstance(answer.exception, Exception):
        raise answer.exception  # an interrupt, which dbt keeps for itself
    return answer


def _target(home: Path) -> Path:
    return paths.dbt_folder(home) / "target"
