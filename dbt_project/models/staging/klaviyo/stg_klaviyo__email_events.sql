with
    events as (select * from {{ ref("base_klaviyo__events") }}),

    named as (
        select
            *,
            case
                when metric_name = 'Received Email'
                then 'sent'
                when metric_name = 'Opened Email'
                then 'opened'
                when metric_name = 'Clicked Email'
                then 'clicked'
                when metric_name in ('Bounced Email', 'Dropped Email')
                then 'bounced'
                when metric_name in ('Unsubscribed', 'Unsubscribed from Email Marketing')
                then 'unsubscribed'
                when metric_name = 'Marked Email as Spam'
                then 'complained'
            end as event_type
        from events
    )

select
    'klaviyo' as source,
    event_id as source_event_id,
    campaign_id as source_campaign_id,
    profile_id as recipient_id,

    campaign_name,
    email,
    event_type,
    url,

    is_machine,

    happened_at as occurred_at
from named
where event_type is not null
