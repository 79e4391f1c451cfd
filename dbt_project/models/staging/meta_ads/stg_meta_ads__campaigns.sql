with
    accounts as (
        {{ latest_per_key(source("meta_ads", "ad_accounts"), ["account_id"], ["_loaded_at desc"]) }}
    ),

    campaigns as (
        {{ latest_per_key(source("meta_ads", "campaigns"), ["id"], ["_loaded_at desc"]) }}
    )

select
    'meta_ads' as source,
    campaigns.account_id,
    campaigns.id as source_campaign_id,

    campaigns.name,
    'Paid Social' as channel,
    lower(campaigns.effective_status) as status,

    {{ home_date(utc("campaigns.start_time"), "accounts.timezone_name") }} as started_on,
    {{ home_date(utc("campaigns.stop_time"), "accounts.timezone_name") }} as ended_on
from campaigns
left join accounts on campaigns.account_id = accounts.account_id
