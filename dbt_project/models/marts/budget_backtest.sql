with
    backtested as (
        select line.*
        from {{ ref("int_budgets_planned") }} as planner
        cross join unnest(planner.backtest) as backtest(line)
    )

select
    horizon_starts_on,
    horizon_ends_on,
    channel,
    cast(current_spend as decimal(18, 6)) as current_spend,
    cast(recommended_spend as decimal(18, 6)) as recommended_spend,
    cast(actual_spend as decimal(18, 6)) as actual_spend,
    cast(expected_revenue as decimal(18, 2)) as expected_revenue,
    cast(expected_revenue_low as decimal(18, 2)) as expected_revenue_low,
    cast(expected_revenue_high as decimal(18, 2)) as expected_revenue_high,
    cast(estimated_revenue as decimal(18, 2)) as estimated_revenue,
    cast(estimated_revenue_low as decimal(18, 2)) as estimated_revenue_low,
    cast(estimated_revenue_high as decimal(18, 2)) as estimated_revenue_high,
    cast(hindsight_lift as decimal(18, 2)) as hindsight_lift,
    cast(hindsight_lift_low as decimal(18, 2)) as hindsight_lift_low,
    cast(hindsight_lift_high as decimal(18, 2)) as hindsight_lift_high,
    reason,
    is_refused
from backtested
