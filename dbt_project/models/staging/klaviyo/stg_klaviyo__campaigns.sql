with
    campaigns as (
        {{ latest_per_key(source("klaviyo", "campaigns"), ["id"], ["_loaded_at desc"]) }}
    ),

    messages as (
        {{
            latest_per_key(
                source("klaviyo", "campaign_messages"),
                ["campaign_id"],
                ["updated desc nulls last", "id desc"],
            )
        }}
    )

select
    'klaviyo' as source,
    -- A key belongs to one account, but does not say which.
    cast(null as varchar) as account_id,
    campaigns.id as source_campaign_id,

    {{ blank_to_null("campaigns.name") }} as name,
    'Email' as channel,
    case when campaigns.archived then 'archived' else messages.status end as status,

    {{ home_date(utc("campaigns.created_at")) }} as started_on,
    cast(null as date) as ended_on
from campaigns
left join messages on campaigns.id = messages.campaign_id
