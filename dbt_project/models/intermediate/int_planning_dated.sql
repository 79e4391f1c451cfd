with
    planning as (select * from {{ ref("stg_settings__planning") }}),

    run as (select * from {{ ref("stg_settings__run") }})

-- Only weeks that are over count. If the as-of is the end of a day, that day is over.
select
    planning.outcome,
    planning.horizon_weeks,
    planning.target_cac,
    cast(
        date_trunc(
            'week', {{ home_date("run.as_of + interval '1' microsecond", "run.time_zone") }}
        ) as date
    ) as planned_from
from planning
cross join run
