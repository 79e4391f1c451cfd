with
    curves as (
        select line.*
        from {{ ref("int_budgets_planned") }} as planner
        cross join unnest(planner.curves) as curves(line)
    ),

    planning as (select * from {{ ref("int_planning_dated") }})

select
    curves.channel,
    planning.outcome,
    cast(curves.spend as decimal(18, 6)) as spend,
    cast(curves.response as decimal(18, 2)) as response,
    cast(curves.response_low as decimal(18, 2)) as response_low,
    cast(curves.response_high as decimal(18, 2)) as response_high,
    curves.marginal_roas
from curves
cross join planning
