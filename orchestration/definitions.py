"""The one graph: raw tables, models, gates, publication; and what starts and watches its runs."""

import logging
import os
from pathlib import Path

import dagster as dg

from ingestion import home as paths
from ingestion.settings import Settings, load
from orchestration import dbt_project
from orchestration.gates import build_gates
from orchestration.idle_staging import idle_staging
from orchestration.load_asset import build_load_asset
from orchestration.model_assets import build_model_assets
from orchestration.publication_asset import build_publication
from orchestration.raw_tables import raw_tables
from orchestration.schedules import build_freshness, build_schedules
from orchestration.sensors import build_sensors
from orchestration.session_resource import build_session_resource

log = logging.getLogger(__name__)

JOB = "run"


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster dev` loads: the graph of MOPS_HOME."""
    return build_definitions(Path(os.environ.get("MOPS_HOME", ".")).resolve())


def build_definitions(home: Path) -> dg.Definitions:
    """The graph of a home. Without mops.yaml it can be looked at, but nothing is scheduled."""
    settings = _settings(home)
    manifest = dbt_project.read().manifest
    raw = raw_tables(settings)
    loads = [build_load_asset(raw, build_freshness(settings))] if raw else []
    models = build_model_assets(
        home, manifest, [table.name for table in raw.get("files", [])], idle_staging(manifest, settings)
    )
    publication, every_source_loaded = build_publication(manifest)
    return dg.Definitions(
        assets=[*loads, *models, publication],
        asset_checks=[*build_gates(), every_source_loaded],
        jobs=[dg.define_asset_job(JOB, dg.AssetSelection.all(), description="Load, build, check and publish.")],
        schedules=build_schedules(settings),
        sensors=build_sensors(home),
        resources={"session": build_session_resource(home)},
        executor=dg.in_process_executor,
    )


def _settings(home: Path) -> Settings:
    if not paths.settings_file(home).exists():
        log.warning("There is no mops.yaml in %s: `mops init` writes one, or run `mops demo`.", home)
        return Settings()
    return load(home)
