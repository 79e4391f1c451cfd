"""What is believed of the channels' response: planning.fit over the weeks known now, and those known earlier."""

import pyarrow as pa

from planning.draws import draw_rows
from planning.weeks import gather

SCHEMA = pa.schema([("weeks_known", pa.int64()), ("draw", pa.int64()), ("point", pa.list_(pa.float64()))])


def model(dbt, session):
    """One row per number of weeks known and draw of the fit; none where nothing could be planned."""
    dbt.config(materialized="table")
    weeks = gather(
        dbt.ref("int_planning_dated").to_arrow_table().to_pylist(),
        dbt.ref("int_channel_weeks_measured").to_arrow_table().to_pylist(),
        dbt.ref("int_outcomes_dated").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__experiments").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__budget_bounds").to_arrow_table().to_pylist(),
    )
    return pa.Table.from_pylist(list(draw_rows(weeks)), SCHEMA)
