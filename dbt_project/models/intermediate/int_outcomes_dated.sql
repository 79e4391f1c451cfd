with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    touches as (select * from {{ ref("int_touches_credited") }}),

    deals as (select * from {{ ref("int_deals_converted") }} where opened_at is not null),

    spend as (select * from {{ ref("int_spend_converted") }} where cost_kind = 'media'),

    planning as (select * from {{ ref("int_planning_dated") }}),

    -- A path begins with its first touch; without a touch, with the person's entry into lead, if
    -- that is within the lookback; else with the conversion.
    begun as (
        select
            conversions.*,
            coalesce(
                touches.touched_at,
                case
                    when conversions.lead_at >= conversions.path_opens_at then conversions.lead_at
                end,
                conversions.converted_at
            ) as begun_at
        from conversions
        left join touches on conversions.fingerprint = touches.fingerprint and touches.step = 1
    ),

    outcomes as (
        select
            begun.begun_at,
            begun.converted_at as reached_at,
            case when planning.outcome = 'sqls' then 1 else begun.conversion_revenue end as outcome
        from begun
        inner join
            planning
            on planning.outcome in ('revenue', 'sqls')
            and begun.conversion_type
            = case when planning.outcome = 'sqls' then 'became_sql' else 'won_revenue' end
        union all
        -- Linear credit of the touches of channels that cost media, in the week of the touch.
        select
            touches.touched_at,
            conversions.converted_at,
            cast(conversions.conversion_revenue / touches.steps as decimal(38, 6))
        from touches
        inner join conversions on touches.fingerprint = conversions.fingerprint
        inner join
            planning
            on planning.outcome = 'attributed_revenue'
            and touches.conversion_type = 'won_revenue'
        where
            touches.channel in (select spend.channel from spend where spend.cost_home > 0)
            and touches.channel <> 'Unassigned'
        union all
        -- A deal is pipeline once it is opened. Its path is that of its person to becoming an
        -- SQL, if that is within the lookback.
        select coalesce(begun.begun_at, deals.opened_at), deals.opened_at, deals.amount_home
        from deals
        inner join planning on planning.outcome = 'pipeline'
        left join
            begun
            on begun.conversion_type = 'became_sql'
            and deals.person_id = begun.person_id
            and deals.opened_at >= begun.converted_at
            and deals.opened_at - begun.converted_at <= begun.converted_at - begun.path_opens_at
    ),

    weekly as (
        select
            cast(date_trunc('week', {{ home_date("begun_at") }}) as date) as begun_week,
            cast(date_trunc('week', {{ home_date("reached_at") }}) as date) as reached_week,
            count(*) as conversions,
            cast(coalesce(sum(outcome), 0) as decimal(38, 6)) as outcome
        from outcomes
        group by 1, 2
    )

select weekly.*
from weekly
inner join planning on weekly.reached_week < planning.planned_from
