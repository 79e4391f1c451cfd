with
    curves as (
        select line.*
        from {{ ref("int_budgets_planned") }} as planner
        cross join unnest(planner.curves) as curves(line)
    )

select
    channel,
    cast(spend as decimal(18, 6)) as spend,
    cast(response as decimal(18, 2)) as response,
    cast(response_low as decimal(18, 2)) as response_low,
    cast(response_high as decimal(18, 2)) as response_high,
    marginal_roas
from curves
