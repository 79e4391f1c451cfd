with
    accounts as (
        {{
            latest_per_key(
                source("tiktok_ads", "advertisers"), ["advertiser_id"], ["_loaded_at desc"]
            )
        }}
    ),

    campaigns as (select * from {{ ref("stg_tiktok_ads__campaigns") }}),

    days as (select * from {{ ref("base_tiktok_ads__days") }})

select
    'tiktok_ads' as source,
    concat_ws(
        ':', days.account_id, coalesce(days.campaign_id, 'residual'), days.date
    ) as source_spend_id,
    days.account_id,
    days.campaign_id as source_campaign_id,

    campaigns.name as campaign_name,
    case when days.is_residual then 'Unassigned' else 'Paid Social' end as channel,
    'media' as cost_kind,
    accounts.timezone as account_time_zone,
    accounts.currency as currency,

    days.cost,
    days.impressions,
    days.clicks,
    days.conversions as platform_conversions,
    -- TikTok attributes conversions to a day for 28 days.
    28 as restatement_days,

    days.is_residual,

    days.date as spend_on,

    cast(null as timestamp) as spend_hour_at,
    {{ utc("days._loaded_at") }} as loaded_at
from days
left join accounts on days.account_id = accounts.advertiser_id
left join
    campaigns
    on days.account_id = campaigns.account_id
    and days.campaign_id = campaigns.source_campaign_id
