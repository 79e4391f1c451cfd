with
    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    touches as (select * from {{ ref("int_touchpoints_classified") }} where person_id is not null),

    -- Money is rounded here, once: everything credited is a share of these cents.
    conversions as (
        select
            'won_revenue' as conversion_type,
            revenue.conversion_id,
            revenue.person_id,
            cast(revenue.revenue_home as decimal(18, 2)) as conversion_revenue,
            cast(revenue.gross_margin_home as decimal(18, 2)) as conversion_gross_margin,
            revenue.converted_at,
            revenue.converted_at - settings.lookback_days * interval '1' day as path_opens_at
        from revenue
        cross join {{ ref("stg_settings__run") }} as settings
    ),

    -- A conversion without a touch keeps one row, which the models below credit like a path of one
    -- touch.
    paths as (
        select
            conversions.*,
            touches.touch_id,
            coalesce(touches.channel, 'Unassigned') as channel,
            touches.campaign,
            touches.content,
            touches.touched_at,
            row_number() over path as step,
            count(*) over conversion as steps
        from conversions
        left join
            touches
            on conversions.person_id = touches.person_id
            and touches.touched_at >= conversions.path_opens_at
            and touches.touched_at < conversions.converted_at
        window
            conversion as (partition by conversions.conversion_type, conversions.conversion_id),
            path as (
                partition by conversions.conversion_type, conversions.conversion_id
                order by touches.touched_at, touches.touch_id
            )
    ),

    -- Measured from the path's last touch: same shares, and no weight of a long lookback is 0.
    weights as (
        select
            *,
            coalesce(
                max(case when channel <> 'Direct' then step end) over conversion, steps
            ) as last_non_direct_step,
            coalesce(
                pow(2, -{{ days_between("touched_at", "max(touched_at) over conversion") }} / 7), 1
            ) as decay
        from paths
        window conversion as (partition by conversion_type, conversion_id)
    )

select
    conversion_type,
    conversion_id,
    person_id,
    touch_id,
    channel,
    campaign,
    content,
    conversion_revenue,
    conversion_gross_margin,
    cast(step = 1 as double) as credit_first,
    cast(step = steps as double) as credit_last,
    cast(step = last_non_direct_step as double) as credit_last_non_direct,
    1 / steps as credit_linear,
    case
        when steps <= 2 then 1 / steps when step in (1, steps) then 0.4 else 0.2 / (steps - 2)
    end as credit_position,
    decay / sum(decay) over (partition by conversion_type, conversion_id) as credit_time_decay,
    converted_at,
    touched_at
from weights
