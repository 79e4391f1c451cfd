with
    accounts as (
        {{ latest_per_key(source("microsoft_ads", "accounts"), ["id"], ["_loaded_at desc"]) }}
    ),

    campaigns as (select * from {{ ref("stg_microsoft_ads__campaigns") }}),

    versions as (
        select * from {{ source("microsoft_ads", "campaign_performance_report_versions") }}
    )

select
    'microsoft_ads' as source,
    versions.account_id,
    versions.campaign_id as source_campaign_id,

    campaigns.name as campaign_name,
    accounts.currency_code as currency,

    versions.spend as cost,
    versions.clicks,
    versions.conversions as platform_conversions,
    -- Microsoft attributes conversions to a day for 30 days.
    30 as restatement_days,

    versions.time_period as spend_on,

    {{ utc("versions._loaded_at") }} as loaded_at
from versions
left join accounts on versions.account_id = accounts.id
left join
    campaigns
    on versions.account_id = campaigns.account_id
    and versions.campaign_id = campaigns.source_campaign_id
