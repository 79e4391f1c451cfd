with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    visitors as (select * from {{ ref("int_touchpoints_classified") }}),

    assigned as (select * from {{ ref("int_touches_assigned") }}),

    unconverted as (select * from {{ ref("int_touches_unconverted") }}),

    converted_paths as (
        select
            fingerprint,
            string_agg(
                case when touch_id is not null then channel end, ' > ' order by step
            ) as path,
            count(touch_id) as length,
            count(distinct case when touch_id is not null then channel end) as channels,
            min(touched_at) as started_at,
            max(touched_at) as ended_at
        from assigned
        group by fingerprint
    ),

    unconverted_paths as (
        select
            conversion_type,
            visitor_key,
            max(case when is_last then touch_key end) as last_touch_key,
            string_agg(channel, ' > ' order by place) as path,
            count(*) as length,
            count(distinct channel) as channels,
            min(touched_at) as started_at,
            max(touched_at) as ended_at
        from unconverted
        group by conversion_type, visitor_key
    )

select
    conversions.conversion_type,
    conversions.conversion_id as journey_id,
    conversions.person_id,
    converted_paths.path,
    converted_paths.length,
    converted_paths.channels,
    {{ days_between("converted_paths.started_at", "conversions.converted_at") }} as days,
    conversions.conversion_revenue,
    true as is_converted,
    converted_paths.started_at,
    converted_paths.ended_at,
    conversions.converted_at
from converted_paths
inner join conversions on converted_paths.fingerprint = conversions.fingerprint
union all
-- Who has not converted is known by a person or a cookie, which is hidden.
select
    unconverted_paths.conversion_type,
    {{ keyed_hash("coalesce(visitors.person_id, visitors.cookie_id)") }},
    visitors.person_id,
    unconverted_paths.path,
    unconverted_paths.length,
    unconverted_paths.channels,
    {{ days_between("unconverted_paths.started_at", "unconverted_paths.ended_at") }},
    null,
    false,
    unconverted_paths.started_at,
    unconverted_paths.ended_at,
    null
from unconverted_paths
inner join
    visitors
    on unconverted_paths.visitor_key = visitors.visitor_key
    and unconverted_paths.last_touch_key = visitors.touch_key
