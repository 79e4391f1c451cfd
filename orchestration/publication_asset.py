"""The publication as an asset, and the check that ends a run as failed where a source is not in it as it is now."""

import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from ingestion import registry
from orchestration import history, last_good, operations, publication, version_file
from orchestration.published_tables import Facts, Mart
from orchestration.session import Session

PUBLISHED = dg.AssetKey(["published", "mops"])
EVERY_SOURCE_LOADED = "every_source_loaded"


def build_publication(manifest: Mapping[str, Any]) -> tuple[dg.AssetsDefinition, dg.AssetChecksDefinition]:
    """The asset and its check; `manifest` says which marts there are and what they mean."""
    marts = marts_of(manifest)

    @dg.asset(
        key=PUBLISHED,
        deps=[["marts", mart.name] for mart in marts],
        group_name="published",
        owners=["team:marketing-operations"],
        kinds={"duckdb", "parquet"},
        description="The version that people and BI tools read: every mart that passed, in one immutable file.",
    )
    def mops(session: dg.ResourceParam[Session]) -> dg.MaterializeResult:
        published = publish(session.home, marts, session.settings.configured())
        history.record_version(session.home, session.run_id, published["version"])
        return dg.MaterializeResult(metadata={"file": publication.published_file(session.home), **published})

    @dg.multi_asset_check(
        specs=[
            dg.AssetCheckSpec(
                EVERY_SOURCE_LOADED,
                asset=PUBLISHED,
                blocking=True,
                description="Every source that this run, or the one it repeats, was to load is in the version as it"
                " is now; one that is not is there as of its last good load.",
            )
        ]
    )
    def every_source_loaded(context: dg.AssetCheckExecutionContext, session: dg.ResourceParam[Session]) -> Iterator:
        yield from _every_source_loaded(session.home, {context.run.run_id, context.run.get_root_run_id() or ""})

    return mops, every_source_loaded


def _every_source_loaded(home: Path, run_ids: Collection[str]) -> Iterator[dg.AssetCheckResult]:
    """Say of each source that the runs tried why the version does not show it as it is now; fail if there is one."""
    manifest = publication.current_manifest(home)
    old = history.sources_tried(home, run_ids) & set(manifest["stale_sources"] if manifest else [])
    reasons = {each["source"]: each["reason"] for each in last_good.stale_sources(home) if each["source"] in old}
    problem = history.NOT_LOADED + ", ".join(sorted(reasons))
    if old and not reasons:
        problem = f"loaded after the models were built, which are to be built again: {', '.join(sorted(old))}"
    yield dg.AssetCheckResult(
        passed=not old,
        asset_key=PUBLISHED,
        check_name=EVERY_SOURCE_LOADED,
        description=problem if old else None,
        metadata=reasons,
    )
    if old:
        raise dg.Failure(problem)


def publish(home: Path, marts: list[Mart], configured: Collection[str]) -> dict[str, Any]:
    """Publish what is in the warehouse, if it passed its gates: of another run than the marts may be their entities.

    Stale is a source that could not be loaded: then, when the entities were built, or since.
    """
    builder, entities = history.builder_of_warehouse(home), history.builder_of_entities(home)
    if builder is None or builder["models_passed_at"] is None:
        raise dg.Failure("the marts in the warehouse did not pass their gates; the published version stays")
    if entities and entities["entities_passed_at"] is None:
        raise dg.Failure(
            f"the entities of the marts in the warehouse did not pass their gate in run {entities['run_id']};"
            " the published version stays"
        )
    if missing := version_file.missing_marts(home, marts):
        raise dg.Failure(
            f"the warehouse does not have {', '.join(missing)}, which a run has to build; the published version stays"
        )
    stale = {each["source"] for each in last_good.stale_sources(home)}
    if entities:
        stale |= history.sources_not_loaded_before(home, entities["entities_started_at"]) & set(configured)
    moment = operations.now()
    facts = Facts(
        version=publication.next_version(home, moment),
        run_id=builder["run_id"],
        as_of=min(run["as_of"] for run in (builder, entities) if run),
        published_at=moment,
        git_commit=_git_commit(),
        stale_sources=sorted(stale),
        checks_passed=history.passed_checks(home, builder["run_id"]),
    )
    return publication.publish(home, marts, facts)


def marts_of(manifest: Mapping[str, Any]) -> list[Mart]:
    """The marts and what dbt says of them."""
    nodes = [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]
    return [
        Mart(
            node["name"],
            node["description"],
            {name: column["description"] for name, column in node["columns"].items()},
        )
        for node in sorted(nodes, key=lambda node: node["name"])
        if node["fqn"][1] == "marts"
    ]


def _git_commit() -> str | None:
    if not shutil.which("git"):
        return None
    command = ["git", "-C", str(registry.REPOSITORY), "rev-parse", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or None
