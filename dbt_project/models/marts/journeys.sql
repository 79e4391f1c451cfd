with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    credited as (select * from {{ ref("int_touches_credited") }} where touch_key is not null),

    unconverted as (
        select *, {{ fingerprint(["conversion_type", "visitor_key"]) }} as fingerprint
        from {{ ref("int_paths_unconverted") }}
    ),

    effects as (select * from {{ ref("int_removal_effects_solved") }}),

    visitors as (select * from {{ ref("int_touchpoints_classified") }}),

    walked as (select *, unnest(generate_series(1, steps)) as step from unconverted),

    touches as (
        select fingerprint, step, channel, touched_at
        from credited
        union all
        select
            walked.fingerprint,
            walked.step,
            effects.channel,
            {{ element_at("walked.path", "walked.step") }}.touched_at
        from walked
        inner join
            effects
            on walked.conversion_type = effects.conversion_type
            and {{ element_at("walked.path", "walked.step") }}.channel_key
            = {{ surrogate_key("effects.channel") }}
    ),

    journeys as (
        select
            fingerprint,
            list_transform(
                list_sort(list(struct_pack(step, channel))), touch -> touch.channel
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
    and {{ element_at("unconverted.path", "unconverted.steps") }}.touch_key = visitors.touch_key
