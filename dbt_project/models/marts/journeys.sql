with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    assigned as (select * from {{ ref("int_paths_assigned") }}),

    touches as (select * from {{ ref("int_touches_unconverted") }}),

    visitors as (select * from {{ ref("int_touchpoints_classified") }}),

    unconverted as (
        select
            conversion_type,
            visitor_key,
            list_sort(list(struct_pack(touched_at, touch_key, channel))) as path,
            min(touched_at) as started_at,
            max(touched_at) as ended_at,
            max(case when is_last then touch_key end) as last_touch_key
        from touches
        group by conversion_type, visitor_key
    ),

    journeys as (
        select
            conversions.conversion_type,
            conversions.conversion_id as journey_id,
            conversions.person_id,
            assigned.channels as path,
            {{ element_at("assigned.touched_ats", 1) }} as started_at,
            {{ element_at("assigned.touched_ats", "assigned.steps") }} as ended_at,
            conversions.conversion_revenue,
            conversions.converted_at
        from conversions
        inner join assigned on conversions.fingerprint = assigned.fingerprint
        union all  -- who has not converted is known by a person or a cookie, which is hidden
        select
            unconverted.conversion_type,
            {{ keyed_hash("coalesce(visitors.person_id, visitors.cookie_id)") }},
            visitors.person_id,
            list_transform(unconverted.path, touch -> touch.channel),
            unconverted.started_at,
            unconverted.ended_at,
            null,
            null
        from unconverted
        inner join
            visitors
            on unconverted.visitor_key = visitors.visitor_key
            and unconverted.last_touch_key = visitors.touch_key
    )

select
    conversion_type,
    journey_id,
    person_id,
    array_to_string(path, ' > ') as path,
    coalesce(array_length(path), 0) as length,
    coalesce(array_length(list_distinct(path)), 0) as channels,
    {{ days_between("started_at", "coalesce(converted_at, ended_at)") }} as days,
    conversion_revenue,
    converted_at is not null as is_converted,
    started_at,
    ended_at,
    converted_at
from journeys
