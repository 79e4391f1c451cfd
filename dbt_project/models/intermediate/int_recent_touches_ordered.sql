-- Incremental: only buckets of visitors that are not what they were (forget_changed), or
-- whose touches are no longer those of the lookback (forget_moved_windows).
with
    buckets as (
        select *
        from {{ ref("int_visitor_buckets_fingerprinted") }}
        {% if is_incremental() %}
            where fingerprint not in (select bucket_fingerprint from {{ this }})
        {% endif %}
    ),

    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    touches as (
        select * from {{ ref("int_touchpoints_classified") }} where visitor_key is not null
    ),

    windows as (
        select as_of - lookback_days * interval '1' day as opens_at
        from {{ ref("stg_settings__run") }}
    ),

    -- Of people, and of cookies that are tied to nobody.
    recent as (
        select
            touches.visitor_key,
            touches.touch_key,
            touches.channel,
            touches.touched_at,
            windows.opens_at,
            buckets.fingerprint as bucket_fingerprint
        from touches
        inner join windows on touches.touched_at >= windows.opens_at
        inner join buckets on {{ visitor_bucket("touches.visitor_key") }} = buckets.bucket
    ),

    latest as (
        select
            visitor_key,
            max(case when conversion_type = 'won_revenue' then converted_at end) as won_at,
            max(case when conversion_type = 'became_sql' then converted_at end) as sql_at
        from conversions
        where visitor_key in (select visitor_key from recent)
        group by visitor_key
    )

select
    recent.*,
    lag(recent.touched_at) over visitor as previous_touched_at,
    lag(recent.channel) over visitor as previous_channel,
    lead(recent.touch_key) over visitor is null as is_last,
    latest.won_at,
    latest.sql_at
from recent
left join latest on recent.visitor_key = latest.visitor_key
window visitor as (partition by recent.visitor_key order by recent.touched_at, recent.touch_key)
