with
    planned as (
        select line.*
        from {{ ref("int_budgets_planned") }} as planner
        cross join unnest(planner.scenarios) as scenarios(line)
        where line.scenario = 'budget as today'
    ),

    planning as (select * from {{ ref("int_planning_dated") }})

-- Money keeps six decimals, so that the lines add up to the budget.
select
    planned.horizon_starts_on,
    planned.horizon_ends_on,
    planned.channel,
    planning.outcome,
    cast(planned.current_spend as decimal(18, 6)) as current_spend,
    cast(planned.recommended_spend as decimal(18, 6)) as recommended_spend,
    {{ ratio("planned.recommended_spend - planned.current_spend", "planned.current_spend") }}
    as change_pct,
    cast(planned.min_spend as decimal(18, 6)) as min_spend,
    cast(planned.max_spend as decimal(18, 6)) as max_spend,
    cast(planned.expected_revenue as decimal(18, 2)) as expected_revenue,
    cast(planned.expected_revenue_low as decimal(18, 2)) as expected_revenue_low,
    cast(planned.expected_revenue_high as decimal(18, 2)) as expected_revenue_high,
    planned.marginal_roas,
    planned.saturation,
    planned.seasonality_index,
    planned.reason,
    planned.is_refused,
    planned.is_calibrated,
    planned.outlier_weeks
from planned
cross join planning
