with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    settings as (select * from {{ ref("stg_settings__run") }}),

    -- People, and cookies that are tied to nobody.
    touches as (
        select classified.*, coalesce(classified.person_id, classified.cookie_id) as visitor_id
        from {{ ref("int_touchpoints_classified") }} as classified
        inner join
            settings
            on classified.touched_at >= settings.as_of - settings.lookback_days * interval '1' day
        where coalesce(classified.person_id, classified.cookie_id) is not null
    ),

    conversion_types as (
        select 'won_revenue' as conversion_type
        union all
        select 'became_sql'
    ),

    latest as (
        select conversion_type, person_id, max(converted_at) as converted_at
        from conversions
        where person_id is not null
        group by conversion_type, person_id
    )

select
    conversion_types.conversion_type,
    touches.visitor_id,
    touches.person_id,
    touches.channel,
    lag(touches.channel) over path as previous_channel,
    row_number() over path as step,
    lead(touches.touch_id) over path is null as is_last,
    touches.touched_at
from touches
cross join conversion_types
left join
    latest
    on conversion_types.conversion_type = latest.conversion_type
    and touches.person_id = latest.person_id
where latest.converted_at is null or touches.touched_at >= latest.converted_at
window
    path as (
        partition by conversion_types.conversion_type, touches.visitor_id
        order by touches.touched_at, touches.touch_id
    )
