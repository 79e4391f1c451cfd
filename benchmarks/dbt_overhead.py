"""What dbt costs beside its SQL: every model built by dbt, then the same compiled statements run directly."""

from pathlib import Path

import duckdb
from dbt.artifacts.schemas.run import RunResult

from benchmarks.measure import Ratio, seconds
from ingestion import home as paths
from ingestion import installation_key, registry
from orchestration import dbt_project, dbt_results


def measure(home: Path) -> list[Ratio]:
    """Rebuild the models of a home that has had a run, both ways; data tests are left out of both."""
    nodes = dbt_project.read().manifest["nodes"].values()
    models = [node["name"] for node in nodes if node["resource_type"] == "model"]
    results: list[RunResult] = []
    with_dbt = seconds(lambda: results.extend(dbt_project.build(home, "", "", models, full_refresh=False)))
    assert all(result.status == "success" for result in results)
    results = [result for result in results if dbt_results.is_built(result)]  # without the hook at the end
    directly = seconds(lambda: run_directly(home, results))
    name = f"dbt against the same SQL, {len(results)} models"
    return [Ratio(name, f"{with_dbt:.1f} s", f"{directly:.1f} s", with_dbt / directly)]


def run_directly(home: Path, results: list[RunResult]) -> None:
    """Run the compiled statements one after the other, in the order in which dbt finished them."""
    with duckdb.connect(str(paths.warehouse_file(home))) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name in (*registry.source_names(), "settings"):
            connection.execute(f"attach '{paths.raw_file(home, name)}' as {name} (read_only)")
        connection.execute("set variable mops_key = ?", [installation_key.read_or_create(home)])
        for result in results:
            if result.node.language == "sql":
                connection.execute(_statement(result))


def _statement(result: RunResult) -> str:
    node = result.node
    kind = "view" if node.config.materialized == "view" else "table"
    return f"create or replace {kind} {node.relation_name} as {node.compiled_code}"
