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

    -- Where somebody came from, as their source has it, is the channel of their first touch where
    -- that has no word of its own.
    origins as (
        select touches.visitor_key, people.channel_detail, min(touches.touched_at) as touched_at
        from touches
        inner join people on touches.person_id = people.person_id
        left join visited on touches.touch_key = visited.touch_key
        where visited.touch_key is null
        group by touches.visitor_key, people.channel_detail
    )

select
    touches.touch_id,
    touches.touch_key,
    touches.person_id,
    touches.cookie_id,
    touches.visitor_key,
    touches.source,
    touches.touch_type,
    coalesce(touches.own_channel, channel_words.channel, 'Unassigned') as channel,
    case
        when coalesce(touches.own_channel, channel_words.channel) is null
        then touches.channel_detail
    end as unknown_channel_word,
    {{ canonical_name("coalesce(campaign_mapping.campaign, touches.utm_campaign)") }} as campaign,
    touches.utm_content as content,
    touches.touched_at
from touches
left join visited on touches.touch_key = visited.touch_key
left join
    origins on touches.visitor_key = origins.visitor_key and touches.touched_at = origins.touched_at
left join
    channel_words
    on {{ canonical_name("coalesce(touches.channel_detail, origins.channel_detail)") }}
    = channel_words.channel_word
left join
    campaign_mapping
    on touches.source = campaign_mapping.source
    and touches.utm_campaign = campaign_mapping.name
where visited.touch_key is null
