with
    spend as (
        select *
        from {{ ref("int_spend_converted") }}
        where cost_kind = 'media' and channel <> 'Unassigned'
    ),

    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    touches as (select * from {{ ref("int_touches_assigned") }}),

    planning as (select * from {{ ref("int_planning_dated") }}),

    weekly_spend as (
        select cast(date_trunc('week', spend_on) as date) as week, channel, sum(cost_home) as spend
        from spend
        group by 1, 2
    ),

    weekly_conversions as (
        select
            cast(date_trunc('week', {{ home_date("conversions.converted_at") }}) as date) as week,
            touches.channel,
            count(distinct touches.fingerprint) as conversions
        from touches
        inner join conversions on touches.fingerprint = conversions.fingerprint
        inner join
            planning
            on touches.conversion_type
            = case when planning.outcome = 'sqls' then 'became_sql' else 'won_revenue' end
        where touches.channel in (select spend.channel from spend)
        group by 1, 2
    )

select
    coalesce(weekly_spend.week, weekly_conversions.week) as week,
    coalesce(weekly_spend.channel, weekly_conversions.channel) as channel,
    coalesce(weekly_spend.spend, 0) as spend,
    coalesce(weekly_conversions.conversions, 0) as conversions
from weekly_spend
full join
    weekly_conversions
    on weekly_spend.week = weekly_conversions.week
    and weekly_spend.channel = weekly_conversions.channel
inner join planning on coalesce(weekly_spend.week, weekly_conversions.week) < planning.planned_from
