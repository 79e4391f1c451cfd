with
    accounts as (
        {{ latest_per_key(source("meta_ads", "ad_accounts"), ["account_id"], ["_loaded_at desc"]) }}
    ),

    versions as (
        select distinct
            account_id,
            campaign_id,
            campaign_name,
            date_start,
            spend,
            clicks,
            conversions,
            _loaded_at
        from {{ source("meta_ads", "ad_insights_versions") }}
    )

select
    'meta_ads' as source,
    versions.account_id,
    versions.campaign_id as source_campaign_id,

    versions.campaign_name,
    accounts.currency,

    versions.spend as cost,
    versions.clicks,
    versions.conversions as platform_conversions,
    -- Meta changes a day for 28 days.
    28 as restatement_days,

    versions.date_start as spend_on,

    {{ utc("versions._loaded_at") }} as loaded_at
from versions
left join accounts on versions.account_id = accounts.account_id
