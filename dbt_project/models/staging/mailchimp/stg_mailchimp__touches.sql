with
    clicks as (
        select *
        from {{ ref("base_mailchimp__email_events") }}
        where event_type = 'clicked' and not is_machine
    )

select
    'mailchimp' as source,
    concat_ws(':', campaign_id, email_id, timestamp, md5(url)) as source_touch_id,
    list_id || ':' || email_id as source_person_id,
    cast(null as varchar) as cookie_id,

    {{ normalise_email("email_address") }} as email,
    'email_click' as touch_type,
    'mailchimp' as utm_source,
    'email' as utm_medium,
    campaign_name as utm_campaign,
    -- The link that was clicked: its utm_content, else its address without parameters.
    coalesce({{ parameter_in("url", "utm_content") }}, split_part(url, '?', 1)) as utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as channel_detail,

    {{ utc("timestamp") }} as touched_at
from clicks
