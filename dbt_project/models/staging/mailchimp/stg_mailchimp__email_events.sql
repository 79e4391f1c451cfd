with email_events as (select * from {{ ref("base_mailchimp__email_events") }})

select
    'mailchimp' as source,
    event_id as source_event_id,
    campaign_id as source_campaign_id,
    email_id as recipient_id,

    campaign_name,
    {{ normalise_email("email_address") }} as email,
    event_type,
    url,

    is_machine,

    {{ utc("timestamp") }} as occurred_at
from email_events
