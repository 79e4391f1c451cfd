with
    messages as (
        {{ latest_per_key(source("klaviyo", "campaign_messages"), ["id"], ["_loaded_at desc"]) }}
    ),

    campaigns as ({{ latest_per_key(source("klaviyo", "campaigns"), ["id"], ["_loaded_at desc"]) }})

select
    messages.id as message_id,
    messages.campaign_id,

    {{ blank_to_null("campaigns.name") }} as campaign_name,
    messages.status
from messages
left join campaigns on messages.campaign_id = campaigns.id
