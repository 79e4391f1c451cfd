"""Proposals for the budget of the next weeks, as high as today and otherwise: planning.scenarios over the fit."""

import pyarrow as pa

from planning.draws import fits
from planning.scenarios import scenario_rows
from planning.weeks import gather

ESTIMATES = ("expected_revenue", "expected_change", "scenario_change")
NUMBERS = ["current_spend", "recommended_spend", "min_spend", "max_spend"]
NUMBERS += [f"{name}{end}" for name in ESTIMATES for end in ("", "_low", "_high")]
NUMBERS += ["marginal_roas", "saturation", "seasonality_index"]
SCHEMA = pa.schema(
    [("scenario", pa.string()), ("channel", pa.string())]
    + [(number, pa.float64()) for number in NUMBERS]
    + [("reason", pa.string()), ("is_refused", pa.bool_()), ("is_calibrated", pa.bool_())]
    + [("horizon_starts_on", pa.date32()), ("horizon_ends_on", pa.date32())]
)


def model(dbt, session):
    """One row per scenario and channel."""
    dbt.config(materialized="table")
    weeks = gather(
        dbt.ref("int_planning_dated").to_arrow_table().to_pylist(),
        dbt.ref("int_channel_weeks_measured").to_arrow_table().to_pylist(),
        dbt.ref("int_outcomes_dated").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__experiments").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__budget_bounds").to_arrow_table().to_pylist(),
    )
    known = fits(weeks, dbt.ref("int_responses_fitted").to_arrow_table().to_pylist())
    return pa.Table.from_pylist(list(scenario_rows(weeks, known.get(len(weeks)))), SCHEMA)
