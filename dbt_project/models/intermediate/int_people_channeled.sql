with
    people as (select * from {{ ref("int_people_resolved") }}),

    channel_words as (select * from {{ ref("int_channel_words_mapped") }}),

    first_touches as (
        select person_id, channel, campaign
        from {{ ref("int_touchpoints_classified") }}
        where person_id is not null
        qualify row_number() over (partition by person_id order by touched_at, touch_id) = 1
    )

-- A person's channel is that of their first touch; without a touch, what their source says of
-- where they came from.
select
    people.person_id,
    coalesce(first_touches.channel, channel_words.channel, 'Unassigned') as channel,
    people.channel_detail,
    case
        when
            coalesce(first_touches.channel, 'Unassigned') = 'Unassigned'
            and channel_words.channel is null
        then people.channel_detail
    end as unknown_channel_word,
    first_touches.campaign
from people
left join first_touches on people.person_id = first_touches.person_id
left join
    channel_words on {{ canonical_name("people.channel_detail") }} = channel_words.channel_word
