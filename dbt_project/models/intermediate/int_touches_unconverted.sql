{{ config(materialized="view") }}

with
    touches as (select * from {{ ref("int_recent_touches_ordered") }}),

    windows as (
        select as_of - lookback_days * interval '1' day as opens_at
        from {{ ref("stg_settings__run") }}
    ),

    -- What was gathered some days ago may have left the lookback since.
    paths as (
        select
            touches.* exclude (opens_at),
            'won_revenue' as conversion_type,
            greatest(windows.opens_at, touches.won_at) as opens_at
        from touches
        cross join windows
        union all
        select
            touches.* exclude (opens_at), 'became_sql', greatest(windows.opens_at, touches.sql_at)
        from touches
        cross join windows
    )

select
    conversion_type,
    visitor_key,
    touch_key,
    channel,
    case when previous_touched_at >= opens_at then previous_channel end as previous_channel,
    is_last,
    touched_at
from paths
where touched_at >= opens_at
