"""All that the planner says: planning.answer over the weeks of spend and outcome."""

import pyarrow as pa

from planning.answer import answer
from planning.weeks import gather


def lines(numbers, **others):
    """The type of a list of lines with some columns of numbers and some others."""
    columns = [*((name, pa.float64()) for name in numbers.split()), *others.items()]
    return pa.list_(pa.struct(columns))


def estimates(*names):
    """Columns of means and of the ends of their 90 % intervals."""
    return " ".join(f"{name} {name}_low {name}_high" for name in names)


HORIZON = {"horizon_starts_on": pa.date32(), "horizon_ends_on": pa.date32()}
TOLD = {"channel": pa.string(), "reason": pa.string(), "is_refused": pa.bool_(), **HORIZON}
SCHEMA = pa.schema(
    {
        "planned_from": pa.date32(),
        "scenarios": lines(
            "current_spend recommended_spend min_spend max_spend marginal_roas saturation seasonality_index "
            + estimates("expected_revenue", "expected_change", "scenario_change", "scenario_cac"),
            scenario=pa.string(),
            is_target_cac=pa.bool_(),
            is_calibrated=pa.bool_(),
            outlier_weeks=pa.string(),
            **TOLD,
        ),
        "curves": lines("spend marginal_roas " + estimates("response"), channel=pa.string()),
        "backtest": lines(
            "current_spend recommended_spend actual_spend "
            + estimates("expected_revenue", "estimated_revenue", "hindsight_lift"),
            **TOLD,
        ),
    }
)


def model(dbt, session):
    """One row."""
    dbt.config(materialized="table")
    weeks = gather(
        dbt.ref("int_planning_dated").to_arrow_table().to_pylist(),
        dbt.ref("int_channel_weeks_measured").to_arrow_table().to_pylist(),
        dbt.ref("int_outcomes_dated").to_arrow_table().to_pylist(),
        dbt.ref("int_customers_rated").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__experiments").to_arrow_table().to_pylist(),
        dbt.ref("stg_settings__budget_bounds").to_arrow_table().to_pylist(),
    )
    return pa.Table.from_pylist([{"planned_from": weeks.day(len(weeks)), **answer(weeks)}], SCHEMA)
