with
    conversations as (
        select
            conversations.*,
            row_number() over (partition by contact_id order by created_at, id) as position,
            row_number() over (partition by contact_id order by created_at desc, id desc) as recency
        from {{ source("drift", "conversations") }} as conversations
        where created_at is not null
    ),

    contacts as ({{ latest_per_key(source("drift", "contacts"), ["id"], ["_loaded_at desc"]) }}),

    -- Drift remembers what brought a contact to their first chat and to their latest one.
    origins as (
        select
            id as contact_id,
            'recent' as told_by,
            recent_utm_source as utm_source,
            recent_utm_medium as utm_medium,
            recent_utm_campaign as utm_campaign,
            recent_utm_content as utm_content
        from contacts
        union all
        select
            id,
            'original',
            original_utm_source,
            original_utm_medium,
            original_utm_campaign,
            original_utm_content
        from contacts
    )

select
    'drift' as source,
    conversations.id as source_touch_id,
    -- Visitors who never gave an address are known only by the contact that Drift made for their
    -- browser.
    case
        when {{ normalise_email("contacts.email") }} is not null then conversations.contact_id
    end as source_person_id,
    case
        when {{ normalise_email("contacts.email") }} is null then conversations.contact_id
    end as cookie_id,

    {{ normalise_email("contacts.email") }} as email,
    'chat' as touch_type,
    lower(origins.utm_source) as utm_source,
    lower(origins.utm_medium) as utm_medium,
    origins.utm_campaign,
    origins.utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as channel_detail,

    {{ utc("conversations.created_at") }} as touched_at
from conversations
left join contacts on conversations.contact_id = contacts.id
left join
    origins
    on conversations.contact_id = origins.contact_id
    and origins.told_by = case
        when conversations.recency = 1 then 'recent' when conversations.position = 1 then 'original'
    end
