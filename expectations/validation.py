"""Great Expectations at work: a suite's rules against one pandas frame or against tables of the warehouse.

Importing this module imports Great Expectations, which takes seconds: import it only where a gate runs.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
import pandas as pd
import sqlalchemy as sa
from great_expectations.core.batch import Batch
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent import SQLDatasource
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

from expectations import duckdb_dialect  # noqa: F401  (registers duckdb+buffered://)
from expectations.checks import Rule, Verdicts
from ingestion import home as paths
from ingestion.duckdb_file import quoted

# This module of theirs raises its own level, to tell of every temporary folder it thinks of.
logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)


def judge_frame(frame: pd.DataFrame, rules: Sequence[Rule], key: str) -> Verdicts:
    """Judge a small frame; rows that break a rule are named by their `key`."""
    asset = _context().data_sources.add_pandas("frames").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
    return _judge(batch, rules, {"result_format": "COMPLETE", "unexpected_index_column_names": [key]})


def judge_warehouse(home: Path, schema: str, rules: Sequence[Rule], as_of: datetime) -> Verdicts:
    """Judge tables of the warehouse where they lie; SQL may use getvariable('as_of') and settings.raw.run."""
    verdicts: Verdicts = {}
    with _warehouse(home, schema, as_of) as source:
        for table in dict.fromkeys(rule.table for rule in rules):
            asset = source.add_table_asset(str(table), table_name=str(table))
            batch = asset.add_batch_definition_whole_table("all").get_batch()
            verdicts |= _judge(batch, [rule for rule in rules if rule.table == table], {"result_format": "COMPLETE"})
    return verdicts


def _context() -> gx.data_context.EphemeralDataContext:
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(False)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


@contextmanager
def _warehouse(home: Path, schema: str, as_of: datetime) -> Iterator[SQLDatasource]:
    """A schema of the warehouse, read-only, with the settings attached; whoever writes it gets it back afterwards."""
    url = sa.URL.create("duckdb+buffered", database=str(paths.warehouse_file(home)), query={"access_mode": "read_only"})
    source = _context().data_sources.add_sql(
        "warehouse",
        connection_string=url.render_as_string(),
        create_temp_table=False,
        kwargs={"poolclass": sa.StaticPool},
    )
    settings = quoted(paths.raw_file(home, "settings"))
    engines = (source.get_engine(), source.get_execution_engine().engine)
    try:
        # Great Expectations wants the schema to come with the connection; DuckDB takes none in its address.
        for engine in engines:
            with engine.begin() as connection:
                connection.exec_driver_sql(f"use {schema}")
        with engines[1].begin() as connection:
            connection.exec_driver_sql(f"attach {settings} as settings (read_only)")
            connection.exec_driver_sql(f"set variable as_of = timestamp '{as_of}'")
        yield source
    finally:
        for engine in engines:
            engine.dispose()


def _judge(batch: Batch, rules: Sequence[Rule], result_format: dict[str, Any]) -> Verdicts:
    suite = gx.ExpectationSuite(
        name="rules",
        expectations=[
            ExpectationConfiguration(
                type=rule.type,
                kwargs=rule.arguments,
                meta={"check": rule.check, "table": rule.table},
                severity=rule.severity,
            ).to_domain_obj()
            for rule in rules
        ],
    )
    results = batch.validate(suite, result_format=result_format).results
    return {_key(result): result.to_json_dict() for result in results}


def _key(result: Any) -> tuple[str, str | None]:
    meta = result.expectation_config.meta
    return meta["check"], meta["table"]
