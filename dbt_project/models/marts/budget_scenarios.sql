with planned as (select * from {{ ref("int_budgets_planned") }})

select
    scenario,
    channel,
    cast(current_spend as decimal(18, 6)) as current_spend,
    cast(recommended_spend as decimal(18, 6)) as recommended_spend,
    cast(expected_revenue as decimal(18, 2)) as expected_revenue,
    cast(expected_revenue_low as decimal(18, 2)) as expected_revenue_low,
    cast(expected_revenue_high as decimal(18, 2)) as expected_revenue_high,
    cast(expected_change as decimal(18, 2)) as expected_change,
    cast(expected_change_low as decimal(18, 2)) as expected_change_low,
    cast(expected_change_high as decimal(18, 2)) as expected_change_high,
    cast(scenario_change as decimal(18, 2)) as scenario_change,
    cast(scenario_change_low as decimal(18, 2)) as scenario_change_low,
    cast(scenario_change_high as decimal(18, 2)) as scenario_change_high,
    reason,
    is_refused
from planned
