with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    credited as (select * from {{ ref("int_touches_credited") }} where touch_key is not null),

    unconverted as (
        select *, {{ fingerprint(["conversion_type", "visitor_key"]) }} as fingerprint
        from {{ ref("int_touches_unconverted") }}
    ),

    effects as (select * from {{ ref("int_removal_effects_solved") }}),

    visitors as (select * from {{ ref("int_touchpoints_classified") }}),

    touches as (
        select fingerprint, touched_at, touch_key, channel
        from credited
        union all
        select
            unconverted.fingerprint, unconverted.touched_at, unconverted.touch_key, effects.channel
        from unconverted
        inner join
            effects
            on unconverted.conversion_type = effects.conversion_type
            and unconverted.channel_key = {{ surrogate_key("effects.channel") }}
    ),

    journeys as (
        select
            fingerprint,
            list_transform(
                list_sort(list(struct_pack(touched_at, touch_key, channel))), touch -> touch.channel
            ) as channels,
            min(touched_at) as started_at,
            max(touched_at) as ended_at
        from touches
        group by fingerprint
    )

select
    conversions.conversion_type,
    conversions.conversion_id as journey_id,
    conversions.person_id,
    array_to_string(journeys.channels, ' > ') as path,
    coalesce(array_length(journeys.channels), 0) as length,
    coalesce(array_length(list_distinct(journeys.channels)), 0) as channels,
    {{ days_between("journeys.started_at", "conversions.converted_at") }} as days,
    conversions.conversion_revenue,
    true as is_converted,
    journeys.started_at,
    journeys.ended_at,
    conversions.converted_at
from conversions
left join journeys on conversions.fingerprint = journeys.fingerprint
union all  -- who has not converted is known by a person or a cookie, which is hidden
select
    unconverted.conversion_type,
    {{ keyed_hash("coalesce(visitors.person_id, visitors.cookie_id)") }},
    visitors.person_id,
    array_to_string(journeys.channels, ' > '),
    array_length(journeys.channels),
    array_length(list_distinct(journeys.channels)),
    {{ days_between("journeys.started_at", "journeys.ended_at") }},
    null,
    false,
    journeys.started_at,
    journeys.ended_at,
    null
from unconverted
inner join journeys on unconverted.fingerprint = journeys.fingerprint
inner join
    visitors
    on unconverted.visitor_key = visitors.visitor_key
    and unconverted.touch_key = visitors.touch_key
where unconverted.is_last
