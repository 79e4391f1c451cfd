with
    activity as (select * from {{ ref("base_mailchimp__activity") }}),

    campaigns as (select * from {{ ref("base_mailchimp__campaigns") }}),

    recipients as (select * from {{ ref("base_mailchimp__recipients") }}),

    unsubscribes as (
        {{
            latest_per_key(
                source("mailchimp", "unsubscribes"),
                ["campaign_id", "email_id"],
                ["_loaded_at desc"],
            )
        }}
    ),

    events as (
        select
            campaign_id,
            email_id,
            email_address,
            'sent' as event_type,
            null as url,
            null as occurred_at,
            false as is_machine
        from recipients
        union all
        select campaign_id, email_id, email_address, 'unsubscribed', null, timestamp, false
        from unsubscribes
        union all
        select
            campaign_id,
            email_id,
            email_address,
            case
                action
                when 'open'
                then 'opened'
                when 'click'
                then 'clicked'
                when 'bounce'
                then 'bounced'
            end,
            url,
            timestamp,
            is_machine
        from activity
    )

select
    'mailchimp' as source,
    concat_ws(
        ':',
        events.campaign_id,
        events.email_id,
        events.event_type,
        events.occurred_at,
        md5(events.url)
    ) as source_event_id,
    events.campaign_id as source_campaign_id,
    events.email_id as recipient_id,

    coalesce({{ blank_to_null("campaigns.title") }}, campaigns.subject_line) as campaign_name,
    {{ normalise_email("events.email_address") }} as email,
    events.event_type,
    events.url,

    events.is_machine,

    {{ utc("coalesce(events.occurred_at, campaigns.send_time)") }} as occurred_at
from events
left join campaigns on events.campaign_id = campaigns.id
where events.event_type is not null
