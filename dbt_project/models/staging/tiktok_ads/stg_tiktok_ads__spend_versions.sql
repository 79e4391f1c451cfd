with
    accounts as (
        {{
            latest_per_key(
                source("tiktok_ads", "advertisers"), ["advertiser_id"], ["_loaded_at desc"]
            )
        }}
    ),

    campaigns as (select * from {{ ref("stg_tiktok_ads__campaigns") }}),

    versions as (select * from {{ source("tiktok_ads", "campaign_report_versions") }})

select
    'tiktok_ads' as source,
    versions.advertiser_id as account_id,
    versions.campaign_id as source_campaign_id,

    campaigns.name as campaign_name,
    accounts.currency as currency,

    versions.spend as cost,
    versions.clicks,
    versions.conversion as platform_conversions,
    -- TikTok attributes conversions to a day for 28 days.
    28 as restatement_days,

    versions.stat_time_day as spend_on,

    {{ utc("versions._loaded_at") }} as loaded_at
from versions
left join accounts on versions.advertiser_id = accounts.advertiser_id
left join
    campaigns
    on versions.advertiser_id = campaigns.account_id
    and versions.campaign_id = campaigns.source_campaign_id
