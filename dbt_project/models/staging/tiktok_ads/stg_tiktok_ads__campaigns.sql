with
    campaigns as (
        {{
            latest_per_key(
                source("tiktok_ads", "campaigns"),
                ["advertiser_id", "campaign_id"],
                ["_loaded_at desc"],
            )
        }}
    )

select
    'tiktok_ads' as source,
    advertiser_id as account_id,
    campaign_id as source_campaign_id,

    campaign_name as name,
    'Paid Social' as channel,
    -- CAMPAIGN_STATUS_ENABLE, CAMPAIGN_STATUS_DELETE, …
    lower(replace(secondary_status, 'CAMPAIGN_STATUS_', '')) as status,

    -- A campaign of TikTok has no schedule of its own, only its ad groups have.
    cast({{ utc("create_time") }} as date) as started_on,
    cast(null as date) as ended_on
from campaigns
