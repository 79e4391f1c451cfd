with
    planned as (
        select line.*
        from {{ ref("int_budgets_planned") }} as planner
        cross join unnest(planner.scenarios) as scenarios(line)
    ),

    planning as (select * from {{ ref("int_planning_dated") }})

select
    planned.scenario,
    planned.channel,
    planning.outcome,
    case when planned.is_target_cac then planning.target_cac end as target_cac,
    cast(planned.current_spend as decimal(18, 6)) as current_spend,
    cast(planned.recommended_spend as decimal(18, 6)) as recommended_spend,
    cast(planned.expected_revenue as decimal(18, 2)) as expected_revenue,
    cast(planned.expected_revenue_low as decimal(18, 2)) as expected_revenue_low,
    cast(planned.expected_revenue_high as decimal(18, 2)) as expected_revenue_high,
    cast(planned.expected_change as decimal(18, 2)) as expected_change,
    cast(planned.expected_change_low as decimal(18, 2)) as expected_change_low,
    cast(planned.expected_change_high as decimal(18, 2)) as expected_change_high,
    cast(planned.scenario_change as decimal(18, 2)) as scenario_change,
    cast(planned.scenario_change_low as decimal(18, 2)) as scenario_change_low,
    cast(planned.scenario_change_high as decimal(18, 2)) as scenario_change_high,
    cast(planned.scenario_cac as decimal(18, 2)) as scenario_cac,
    cast(planned.scenario_cac_low as decimal(18, 2)) as scenario_cac_low,
    cast(planned.scenario_cac_high as decimal(18, 2)) as scenario_cac_high,
    planned.reason,
    planned.is_refused
from planned
cross join planning
