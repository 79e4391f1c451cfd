with email_events as (select * from {{ ref("base_files__email_events") }} where reason is null)

select
    'files' as source,
    coalesce(event_id, row_key) as source_event_id,
    campaign_id as source_campaign_id,
    coalesce(recipient_id, {{ normalise_email("email") }}, email) as recipient_id,

    campaign_name,
    {{ normalise_email("email") }} as email,
    lower(event_type) as event_type,
    url,

    is_machine,

    occurred_at
from email_events
