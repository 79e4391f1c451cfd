with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    settings as (select * from {{ ref("stg_settings__run") }}),

    -- People, and cookies that are tied to nobody.
    touches as (
        select
            classified.visitor_key,
            classified.touch_key,
            classified.channel,
            classified.touched_at,
            lag(classified.channel) over path as previous_channel,
            lag(classified.touched_at) over path as previously_touched_at,
            row_number() over path as place,
            lead(classified.touch_key) over path is null as is_last
        from {{ ref("int_touchpoints_classified") }} as classified
        inner join
            settings
            on classified.touched_at >= settings.as_of - settings.lookback_days * interval '1' day
        where classified.visitor_key is not null
        window
            path as (
                partition by classified.visitor_key
                order by classified.touched_at, classified.touch_key
            )
    ),

    conversion_types as (
        select 'won_revenue' as conversion_type
        union all
        select 'became_sql'
    ),

    latest as (
        select conversion_type, visitor_key, max(converted_at) as converted_at
        from conversions
        where visitor_key is not null
        group by conversion_type, visitor_key
    )

-- The path after a conversion is the end of the visitor's touches, so these are put in order once.
select
    conversion_types.conversion_type,
    touches.visitor_key,
    touches.touch_key,
    touches.channel,
    case
        when latest.converted_at is null or touches.previously_touched_at >= latest.converted_at
        then touches.previous_channel
    end as previous_channel,
    touches.place,
    touches.is_last,
    touches.touched_at
from touches
cross join conversion_types
left join
    latest
    on conversion_types.conversion_type = latest.conversion_type
    and touches.visitor_key = latest.visitor_key
where latest.converted_at is null or touches.touched_at >= latest.converted_at
