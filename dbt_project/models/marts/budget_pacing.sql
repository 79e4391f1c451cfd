with
    spend as (select * from {{ ref("int_spend_converted") }} where cost_kind = 'media'),

    budgets as (select * from {{ ref("stg_settings__budgets") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    -- The first day that is not over. If the as-of is the end of a day, that day is over.
    today as (
        select {{ home_date("run.as_of + interval '1' microsecond", "run.time_zone") }} as begins_on
        from run
    ),

    -- A cost without an exchange rate makes its month unknown.
    monthly as (
        select
            cast(date_trunc('month', spend_on) as date) as month,
            channel,
            {{ sum_known("cost_home") }} as actual_spend,
            bool_or(is_still_moving) as is_still_moving
        from spend
        group by 1, 2
    ),

    compared as (
        select
            coalesce(budgets.month, monthly.month) as month,
            coalesce(budgets.channel, monthly.channel) as channel,
            budgets.amount as planned_spend,
            case when monthly.month is null then 0 else monthly.actual_spend end as actual_spend,
            coalesce(monthly.is_still_moving, false) as is_still_moving
        from budgets
        full join monthly on budgets.month = monthly.month and budgets.channel = monthly.channel
    ),

    dated as (
        select
            compared.*,
            least(
                greatest(date_diff('day', compared.month, today.begins_on), 0)
                / date_diff('day', compared.month, compared.month + interval '1' month),
                1
            ) as elapsed
        from compared
        cross join today
    )

select
    month,
    channel,
    planned_spend,
    cast(actual_spend as decimal(18, 6)) as actual_spend,
    cast(planned_spend * elapsed as decimal(18, 6)) as linear_pace,
    {{ ratio("actual_spend", "cast(planned_spend * elapsed as double)") }} as pace_ratio,
    cast({{ ratio("actual_spend", "elapsed") }} as decimal(18, 6)) as projected_spend,
    elapsed = 1 as is_complete,
    is_still_moving
from dated
