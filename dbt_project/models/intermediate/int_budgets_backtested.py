"""Proposals as they would have been made in the past, against what came: planning.backtest over the fits."""

import pyarrow as pa

from planning.backtest import backtest_rows
from planning.draws import fits
from planning.weeks import gather

ESTIMATES = ("expected_revenue", "estimated_revenue", "hindsight_lift")
NUMBERS = ["current_spend", "recommended_spend", "actual_spend"]
NUMBERS += [f"{name}{end}" for name in ESTIMATES for end in ("", "_low", "_high")]
SCHEMA = pa.schema(
    [("channel", pa.string()), *((number, pa.float64()) for number in NUMBERS), ("reason", pa.string())]
    + [("is_refused", pa.bool_()), ("horizon_starts_on", pa.date32()), ("horizon_ends_on", pa.date32())]
)


def model(dbt, session):
    """One row per past proposal and channel."""
    dbt.config(materialized="table")
    weeks = gather(
        dbt.ref("int_planning_dated").to_arrow_table().to_pylist(),
        dbt.ref("int_channel_weeks_measured").to_arrow_table().to_pylist(),
        dbt.ref("int_outcomes_dated").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__experiments").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__budget_bounds").to_arrow_table().to_pylist(),
    )
    known = fits(weeks, dbt.ref("int_responses_fitted").to_arrow_table().to_pylist())
    return pa.Table.from_pylist(list(backtest_rows(weeks, known)), SCHEMA)
