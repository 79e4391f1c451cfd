"""The publication as an asset, and the check that ends a run as failed where a source could not be loaded."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from ingestion import registry
from orchestration import history, last_good, operations, publication
from orchestration.published_tables import Facts, Mart
from orchestration.run_resource import EVERY_SOURCE_LOADED
from orchestration.session import Session

PUBLISHED = dg.AssetKey(["published", "mops"])


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
        published = publish(session.home, marts)
        history.record_version(session.home, session.run_id, published["version"])
        return dg.MaterializeResult(metadata=published)

    @dg.asset_check(
        asset=PUBLISHED,
        name=EVERY_SOURCE_LOADED,
        blocking=True,
        description="Every source that this run loads could be loaded.",
    )
    def every_source_loaded(session: dg.ResourceParam[Session]) -> dg.AssetCheckResult:
        stale = history.sources_not_loaded(session.home, session.run_id)
        return dg.AssetCheckResult(passed=not stale, metadata={"stale sources": stale})

    return mops, every_source_loaded


def publish(home: Path, marts: list[Mart]) -> dict[str, Any]:
    """Publish what is in the warehouse, if it passed its gates: of another run than the marts may be their entities."""
    builder, entities = history.builder_of_warehouse(home), history.builder_of_entities(home)
    if builder is None or builder["models_passed_at"] is None:
        raise dg.Failure("the marts in the warehouse did not pass their gates; the published version stays")
    if entities and entities["entities_passed_at"] is None:
        raise dg.Failure(
            f"the entities of the marts in the warehouse did not pass their gate in run {entities['run_id']};"
            " the published version stays"
        )
    moment = operations.now()
    facts = Facts(
        version=publication.next_version(home, moment),
        run_id=builder["run_id"],
        as_of=min(run["as_of"] for run in (builder, entities) if run),
        published_at=moment,
        git_commit=_git_commit(),
        stale_sources=[each["source"] for each in last_good.stale_sources(home)],
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
