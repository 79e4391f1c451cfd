with
    backtested as (
        select line.*
        from {{ ref("int_budgets_planned") }} as planner
        cross join unnest(planner.backtest) as backtest(line)
    ),

    planning as (select * from {{ ref("int_planning_dated") }})

select
    backtested.horizon_starts_on,
    backtested.horizon_ends_on,
    backtested.channel,
    planning.outcome,
    cast(backtested.current_spend as decimal(18, 6)) as current_spend,
    cast(backtested.recommended_spend as decimal(18, 6)) as recommended_spend,
    cast(backtested.actual_spend as decimal(18, 6)) as actual_spend,
    cast(backtested.expected_revenue as decimal(18, 2)) as expected_revenue,
    cast(backtested.expected_revenue_low as decimal(18, 2)) as expected_revenue_low,
    cast(backtested.expected_revenue_high as decimal(18, 2)) as expected_revenue_high,
    cast(backtested.estimated_revenue as decimal(18, 2)) as estimated_revenue,
    cast(backtested.estimated_revenue_low as decimal(18, 2)) as estimated_revenue_low,
    cast(backtested.estimated_revenue_high as decimal(18, 2)) as estimated_revenue_high,
    cast(backtested.hindsight_lift as decimal(18, 2)) as hindsight_lift,
    cast(backtested.hindsight_lift_low as decimal(18, 2)) as hindsight_lift_low,
    cast(backtested.hindsight_lift_high as decimal(18, 2)) as hindsight_lift_high,
    backtested.reason,
    backtested.is_refused
from backtested
cross join planning
