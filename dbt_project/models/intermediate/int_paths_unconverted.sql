with
    conversions as (
        select * from {{ ref("int_conversions_gathered") }} where visitor_key is not null
    ),

    settings as (select * from {{ ref("stg_settings__run") }}),

    touches as (
        select * from {{ ref("int_touchpoints_classified") }} where visitor_key is not null
    ),

    keyed as (
        select
            touches.visitor_key,
            touches.touched_at,
            touches.touch_key,
            {{ surrogate_key("touches.channel") }} as channel_key
        from touches
        inner join
            settings
            on touches.touched_at >= settings.as_of - settings.lookback_days * interval '1' day
    ),

    -- People, and cookies that are tied to nobody.
    recent as (
        select visitor_key, list_sort(list(struct_pack(touched_at, touch_key, channel_key))) as path
        from keyed
        group by visitor_key
    ),

    latest as (
        select
            visitor_key,
            max(case when conversion_type = 'won_revenue' then converted_at end) as won_at,
            max(case when conversion_type = 'became_sql' then converted_at end) as sql_at
        from conversions
        group by visitor_key
    ),

    visitors as (
        select recent.*, latest.won_at, latest.sql_at
        from recent
        left join latest on recent.visitor_key = latest.visitor_key
    ),

    paths as (
        select
            'won_revenue' as conversion_type,
            visitor_key,
            list_filter(path, touch -> won_at is null or touch.touched_at >= won_at) as path
        from visitors
        union all
        select
            'became_sql',
            visitor_key,
            list_filter(path, touch -> sql_at is null or touch.touched_at >= sql_at)
        from visitors
    )

select conversion_type, visitor_key, path, array_length(path) as steps
from paths
where array_length(path) > 0
