"""The raw tables as assets, loaded by one step: the sources' waiting overlaps on its threads."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import dagster as dg
from dagster._core.definitions.source_asset import SYSTEM_METADATA_KEY_SOURCE_ASSET_OBSERVATION as UNCHANGED
from pydantic import Field

from expectations.gates import declared_checks
from orchestration.check_events import check_events
from orchestration.loading import Outcome, Range, load_all
from orchestration.raw_tables import RawTable
from orchestration.session import Session

OWNERS = ["team:data-engineering"]


class LoadConfig(dg.Config):
    """Days to pull again, or everything."""

    start: str | None = Field(None, description="The first day to pull again, as in 2026-01-31.")
    end: str | None = Field(None, description="The last day to pull again.")
    full_refresh: bool = Field(False, description="Pull everything again since the sources' start dates.")

    def range(self) -> Range:
        """The same, read; dg.Failure where both are asked for."""
        if self.full_refresh and (self.start or self.end):
            raise dg.Failure("full_refresh loads everything anew: leave start and end out")
        start, end = (date.fromisoformat(day) if day else None for day in (self.start, self.end))
        return Range(start, end, self.full_refresh)


def build_load_asset(
    tables: Mapping[str, Sequence[RawTable]], freshness: Mapping[str, dg.FreshnessPolicy]
) -> dg.AssetsDefinition:
    """The step that loads: `tables` are each source's raw tables."""

    @dg.multi_asset(
        name="load",
        specs=[_spec(source, each, freshness.get(source)) for source, raw in tables.items() for each in raw],
        check_specs=_check_specs(tables),
        can_subset=True,
    )
    def load(context: dg.AssetExecutionContext, config: LoadConfig, session: dg.ResourceParam[Session]) -> Iterator:
        sources = sorted({key.path[0] for key in context.selected_asset_keys})
        outcomes = {outcome.report.source: outcome for outcome in load_all(session, sources, config.range())}
        for outcome in outcomes.values():
            yield from check_events(context, outcome.checks)
        for key in context.selected_asset_keys:
            yield _asset_result(key, outcomes.get(key.path[0]))

    return load


def _spec(source: str, table: RawTable, freshness: dg.FreshnessPolicy | None) -> dg.AssetSpec:
    columns = [dg.TableColumn(name, type_) for name, type_ in table.columns.items()]
    return dg.AssetSpec(
        [source, table.name],
        group_name=source,
        description=table.description,
        owners=OWNERS,
        kinds={"dlt", "duckdb"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)} if columns else None,
        freshness_policy=freshness,
    )


def _check_specs(tables: Mapping[str, Sequence[RawTable]]) -> list[dg.AssetCheckSpec]:
    """The raw gates inform Dagster and do not block: a refused source goes back to its last good load."""
    checked = {source: [each.name for each in raw if not each.name.startswith("_")] for source, raw in tables.items()}
    return [
        dg.AssetCheckSpec(each.check, asset=[each.source or each.layer, each.table], description=each.description)
        for each in declared_checks("raw", checked)
    ]


def _asset_result(key: dg.AssetKey, outcome: Outcome | None) -> dg.MaterializeResult | dg.Output:
    """The table as loaded; or, where it stays as it was, an output that is not logged as a materialization.

    Dagster has no public way to say the second: without the output it skips the models, and a step that fails takes
    them along, but the others' news must reach the marts.
    """
    if outcome is None or outcome.reason:
        return dg.Output(None, output_name=key.to_python_identifier(), metadata={UNCHANGED: True})
    loaded = {each.table: each for each in outcome.report.tables}.get(key.path[1])
    if loaded is None:
        return dg.MaterializeResult(asset_key=key)
    facts = {"rows loaded": loaded.rows, "quarantined": loaded.quarantined, "seconds": round(loaded.seconds, 3)}
    return dg.MaterializeResult(asset_key=key, metadata={**facts, "dagster/row_count": loaded.rows_total})
