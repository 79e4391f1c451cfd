with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    touches as (select * from {{ ref("int_touches_assigned") }}),

    deals as (select * from {{ ref("int_deals_converted") }} where opened_at is not null),

    spend as (select * from {{ ref("int_spend_converted") }} where cost_kind = 'media'),

    planning as (select * from {{ ref("int_planning_dated") }}),

    -- The way to a conversion begins with the first touch of its path; without one, where the
    -- person became a lead within the lookback; else with the conversion itself.
    begun as (
        select
            conversions.conversion_type,
            coalesce(
                touches.touched_at,
                case
                    when conversions.lead_at >= conversions.path_opens_at then conversions.lead_at
                end,
                conversions.converted_at
            ) as begun_at,
            conversions.converted_at,
            conversions.conversion_revenue
        from conversions
        left join touches on conversions.fingerprint = touches.fingerprint and touches.step = 1
    ),

    -- What spend is to bring, as mops.yaml says: one of the four.
    outcomes as (
        select
            begun.begun_at,
            begun.converted_at as reached_at,
            1 as conversions,
            cast(begun.conversion_revenue as decimal(38, 6)) as outcome
        from begun
        inner join
            planning on planning.outcome = 'revenue' and begun.conversion_type = 'won_revenue'
        union all
        select begun.begun_at, begun.converted_at, 1, 1
        from begun
        inner join planning on planning.outcome = 'sqls' and begun.conversion_type = 'became_sql'
        union all
        -- Linear credit of the touches of channels that cost media, in the week of the touch.
        select
            touches.touched_at,
            conversions.converted_at,
            1,
            cast(conversions.conversion_revenue / touches.steps as decimal(38, 6))
        from touches
        inner join conversions on touches.fingerprint = conversions.fingerprint
        inner join
            planning
            on planning.outcome = 'attributed_revenue'
            and touches.conversion_type = 'won_revenue'
        where touches.channel in (select spend.channel from spend where spend.cost_home > 0)
        union all
        -- A deal is pipeline from the moment it is opened.
        select deals.opened_at, deals.opened_at, 1, deals.amount_home
        from deals
        inner join planning on planning.outcome = 'pipeline'
    ),

    weekly as (
        select
            cast(date_trunc('week', {{ home_date("begun_at") }}) as date) as begun_week,
            cast(date_trunc('week', {{ home_date("reached_at") }}) as date) as reached_week,
            count(*) as conversions,
            coalesce(sum(outcome), 0) as outcome
        from outcomes
        group by 1, 2
    )

select weekly.*
from weekly
inner join planning on weekly.reached_week < planning.planned_from
