{% set minutes_to_arrive, minutes_to_leave = 5, 30 %}

with
    touches as (select * from {{ ref("int_touchpoints_grouped") }}),

    people as (select * from {{ ref("int_people_resolved") }}),

    channel_words as (select * from {{ ref("int_channel_words_mapped") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }}),

    -- What leads to a visit or is done during it is part of the visit and no touch of its own,
    -- unless it names another channel.
    visited as (
        select distinct parts.touch_key
        from touches as parts
        inner join
            touches as visits
            on parts.visitor_key = visits.visitor_key
            and parts.touched_at >= visits.touched_at - interval '{{ minutes_to_arrive }}' minute
            and parts.touched_at <= visits.ended_at + interval '{{ minutes_to_leave }}' minute
            and coalesce(parts.own_channel, visits.own_channel) = visits.own_channel
        where parts.touch_type in ('email_click', 'form', 'chat') and visits.touch_type = 'session'
    ),

    kept as (
        select touches.*
        from touches
        left join visited on touches.touch_key = visited.touch_key
        where visited.touch_key is null
    ),

    -- Where somebody came from, as their source has it, is the channel of their first touch where
    -- that has no word of its own.
    origins as (
        select people.person_id, people.channel_detail, min(kept.touched_at) as touched_at
        from kept
        inner join people on kept.person_id = people.person_id
        group by people.person_id, people.channel_detail
    )

select
    kept.touch_id,
    kept.touch_key,
    kept.person_id,
    kept.cookie_id,
    kept.visitor_key,
    kept.source,
    kept.touch_type,
    coalesce(kept.own_channel, channel_words.channel, 'Unassigned') as channel,
    {{ canonical_name("coalesce(campaign_mapping.campaign, kept.utm_campaign)") }} as campaign,
    kept.utm_content as content,
    kept.touched_at
from kept
left join
    origins
    on kept.person_id = origins.person_id
    and kept.touched_at = origins.touched_at
    and kept.own_channel is null
left join
    channel_words
    on {{ canonical_name("coalesce(kept.channel_detail, origins.channel_detail)") }}
    = channel_words.channel_word
left join
    campaign_mapping
    on kept.source = campaign_mapping.source
    and kept.utm_campaign = campaign_mapping.name
