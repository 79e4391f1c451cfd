"""What each channel's money brings: planning.scenarios over the fit of today."""

import pyarrow as pa

from planning.draws import fits
from planning.scenarios import curve_rows
from planning.weeks import gather

NUMBERS = ("spend", "response", "response_low", "response_high", "marginal_roas")
SCHEMA = pa.schema([("channel", pa.string()), *((number, pa.float64()) for number in NUMBERS)])


def model(dbt, session):
    """One row per channel that is not refused and spend point."""
    dbt.config(materialized="table")
    weeks = gather(
        dbt.ref("int_planning_dated").to_arrow_table().to_pylist(),
        dbt.ref("int_channel_weeks_measured").to_arrow_table().to_pylist(),
        dbt.ref("int_outcomes_dated").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__experiments").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__budget_bounds").to_arrow_table().to_pylist(),
    )
    known = fits(weeks, dbt.ref("int_responses_fitted").to_arrow_table().to_pylist())
    return pa.Table.from_pylist(list(curve_rows(weeks, known.get(len(weeks)))), SCHEMA)
