with
    -- Costs without a channel cannot be planned.
    costs as (
        select *
        from {{ ref("int_results_measured") }}
        where measure in ('media', 'agency', 'tool', 'labour') and channel <> 'Unassigned'
    ),

    paid as (select distinct channel from costs where measure = 'media'),

    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    touches as (select * from {{ ref("int_touches_credited") }}),

    deals as (select * from {{ ref("int_deals_converted") }} where opened_at is not null),

    planning as (select * from {{ ref("int_planning_dated") }}),

    weekly_costs as (
        select
            cast(date_trunc('week', happened_on) as date) as week,
            channel,
            sum(case when measure = 'media' then amount end) as spend,
            sum(case when measure <> 'media' then amount end) as other_cost
        from costs
        where channel in (select paid.channel from paid)
        group by 1, 2
    ),

    -- For pipeline, a deal counts for the channels on its person's path to becoming an SQL.
    weekly_conversions as (
        select
            cast(date_trunc('week', {{ home_date("conversions.converted_at") }}) as date) as week,
            touches.channel,
            count(distinct touches.fingerprint) as conversions
        from touches
        inner join conversions on touches.fingerprint = conversions.fingerprint
        inner join
            planning
            on touches.conversion_type = case
                when planning.outcome in ('sqls', 'pipeline') then 'became_sql' else 'won_revenue'
            end
        where
            touches.channel in (select paid.channel from paid)
            and (
                planning.outcome <> 'pipeline'
                or conversions.person_id in (select deals.person_id from deals)
            )
        group by 1, 2
    )

select
    coalesce(weekly_costs.week, weekly_conversions.week) as week,
    coalesce(weekly_costs.channel, weekly_conversions.channel) as channel,
    coalesce(weekly_costs.spend, 0) as spend,
    coalesce(weekly_costs.other_cost, 0) as other_cost,
    coalesce(weekly_conversions.conversions, 0) as conversions
from weekly_costs
full join
    weekly_conversions
    on weekly_costs.week = weekly_conversions.week
    and weekly_costs.channel = weekly_conversions.channel
inner join planning on coalesce(weekly_costs.week, weekly_conversions.week) < planning.planned_from
