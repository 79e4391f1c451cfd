with
    clicks as (
        select *
        from {{ ref("base_mailchimp__activity") }}
        where action = 'click' and not is_machine
    ),

    campaigns as (select * from {{ ref("base_mailchimp__campaigns") }})

select
    'mailchimp' as source,
    concat_ws(
        ':', clicks.campaign_id, clicks.email_id, clicks.timestamp, md5(clicks.url)
    ) as source_touch_id,
    clicks.list_id || ':' || clicks.email_id as source_person_id,
    cast(null as varchar) as cookie_id,

    {{ normalise_email("clicks.email_address") }} as email,
    'email_click' as touch_type,
    'mailchimp' as utm_source,
    'email' as utm_medium,
    coalesce({{ blank_to_null("campaigns.title") }}, campaigns.subject_line) as utm_campaign,
    -- Which link it was: its own tag, else its address without parameters.
    coalesce(
        {{ parameter_in("clicks.url", "utm_content") }}, split_part(clicks.url, '?', 1)
    ) as utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as channel_detail,

    {{ utc("clicks.timestamp") }} as touched_at
from clicks
left join campaigns on clicks.campaign_id = campaigns.id
