"""dbt's models and data tests as assets and checks, built in two steps so that a gate can stand between them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets
from dbt.artifacts.schemas.run import RunResult
from pydantic import Field

from ingestion import home as paths
from orchestration import data_tests, dbt_project, dbt_results, history, publication
from orchestration.check_events import check_events
from orchestration.idle_staging import IdleStaging
from orchestration.session import Session

OWNERS = {"marts": ["team:marketing-operations"]}
ENGINEERS = ["team:data-engineering"]
UNIQUE_ID = "dagster_dbt/unique_id"


class Translator(DagsterDbtTranslator):
    """A dbt node is the asset [layer, name], or [source, table]; the settings of mops.yaml are no data, so no asset.

    Models over files say in their meta which inputs they read: which files those are is known from mops.yaml alone.
    """

    def __init__(self, home: Path, files: Sequence[str], idle: Collection[str]) -> None:
        """Know the home, the raw tables of its files source, and the models that are not built."""
        super().__init__()
        self.published = publication.published_file(home)
        self.files = files
        self.idle = idle

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """Give the asset of one node."""
        node = self.get_resource_props(manifest, unique_id)
        spec = super().get_asset_spec(manifest, unique_id, project)
        layer = _layer(node)
        reads = node["config"].get("meta", {}).get("reads", [])
        files = [dg.AssetDep(["files", table]) for table in self.files if table.rpartition("_")[0] in reads]
        return spec.replace_attributes(
            key=[layer, node["name"]],
            deps=[*(dep for dep in spec.deps if self._is_in_the_graph(dep.asset_key)), *files],
            group_name=layer,
            description=node["description"],
            owners=OWNERS.get(layer, ENGINEERS),
            kinds={"dbt", "duckdb"},
            metadata={**spec.metadata, **({"published in": self.published} if layer == "marts" else {})},
        )

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        """Give the check of one data test."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        return spec and spec._replace(description=data_tests.sentence(self.get_resource_props(manifest, unique_id)))

    def _is_in_the_graph(self, key: dg.AssetKey) -> bool:
        layer, name = key.path
        return layer != "settings" and name not in self.idle


class ModelsConfig(dg.Config):
    """What may be asked of a build."""

    full_refresh: bool = Field(False, description="Build anew also the tables that are kept from run to run.")


def build_model_assets(
    home: Path, manifest: Mapping[str, Any], files: Sequence[str], idle: IdleStaging
) -> list[dg.AssetsDefinition]:
    """Both steps: everything up to the canonical entities, then the marts; `files` are the raw tables of files."""
    translator = Translator(home, files, idle.names)
    return [
        _step(manifest, translator, "intermediate_models", dbt_project.ENTITIES, idle.selection),
        _step(manifest, translator, "mart_models", dbt_project.MARTS, ""),
    ]


def _step(
    manifest: Mapping[str, Any], translator: Translator, name: str, part: str, without: str
) -> dg.AssetsDefinition:
    @dbt_assets(name=name, manifest=manifest, dagster_dbt_translator=translator, select=part, exclude=without)
    def build(context: dg.AssetExecutionContext, config: ModelsConfig, session: dg.ResourceParam[Session]) -> Iterator:
        yield from _build(context, session, part, without, config.full_refresh)

    return build


def _build(
    context: dg.AssetExecutionContext, session: Session, part: str, without: str, full_refresh: bool
) -> Iterator[Any]:
    """Build and test what the run selected, tell Dagster and operations.duckdb of it, and fail if dbt did."""
    models = {spec.metadata[UNIQUE_ID]: spec.key for spec in context.assets_def.specs}
    tests = {spec.metadata[UNIQUE_ID]: spec.key for spec in context.assets_def.check_specs}
    history.models_started(session.home, session.run_id)
    if part == dbt_project.ENTITIES:
        history.entities_started(session.home, session.run_id)
    built = dbt_project.build(session.home, part, without, _names(context, models, tests), full_refresh)
    subjects = {unique_id: _layer_and_name(key.asset_key) for unique_id, key in tests.items()}
    checks = dbt_results.as_checks(session.home, built, subjects)
    history.record_checks(session.home, session.run_id, checks)
    yield from _materializations(session.home, built, models)
    yield from check_events(context, checks)
    if problem := dbt_results.failure(built):
        raise dg.Failure(problem)


def _names(
    context: dg.AssetExecutionContext, models: Mapping[str, dg.AssetKey], tests: Mapping[str, dg.AssetCheckKey]
) -> list[str] | None:
    """The names of the models and tests the run selected; None where it selected them all, which dbt finds faster."""
    chosen = [key.path[-1] for key in models.values() if key in context.selected_asset_keys]
    chosen += [key.name for key in tests.values() if key in context.selected_asset_check_keys]
    return chosen if len(chosen) < len(models) + len(tests) else None


def _materializations(
    home: Path, built: list[RunResult], models: Mapping[str, dg.AssetKey]
) -> Iterator[dg.MaterializeResult]:
    counts = _row_counts(home)
    for each in filter(dbt_results.is_built, built):
        key = models[each.node.unique_id]
        metadata: dict[str, Any] = {"seconds": round(each.execution_time, 3)}
        if _layer_and_name(key) in counts:
            metadata["dagster/row_count"] = counts[_layer_and_name(key)]
        yield dg.MaterializeResult(asset_key=key, metadata=metadata)


def _row_counts(home: Path) -> dict[tuple[str, str], int]:
    """Rows of the warehouse's tables by schema and name; views are not counted, which would run them again."""
    with duckdb.connect(str(paths.warehouse_file(home)), read_only=True) as connection:
        found = connection.execute("select schema_name, table_name, estimated_size from duckdb_tables()").fetchall()
    return {(schema, name): rows for schema, name, rows in found}


def _layer(node: Mapping[str, Any]) -> str:
    if node["resource_type"] == "source":
        return node["source_name"]
    return "seeds" if node["resource_type"] == "seed" else node["fqn"][1]


def _layer_and_name(key: dg.AssetKey) -> tuple[str, str]:
    return key.path[0], key.path[-1]
