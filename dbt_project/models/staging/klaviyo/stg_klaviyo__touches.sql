with
    clicks as (
        select *
        from {{ ref("base_klaviyo__events") }}
        where metric_name = 'Clicked Email' and is_machine is not true
    )

select
    'klaviyo' as source,
    event_id as source_touch_id,
    profile_id as source_person_id,
    cast(null as varchar) as cookie_id,

    email,
    'email_click' as touch_type,
    'klaviyo' as utm_source,
    'email' as utm_medium,
    campaign_name as utm_campaign,
    -- The link that was clicked: its utm_content, else its address without parameters.
    coalesce({{ parameter_in("url", "utm_content") }}, split_part(url, '?', 1)) as utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as channel_detail,

    happened_at as touched_at
from clicks
