with
    accounts as (
        {{ latest_per_key(source("linkedin_ads", "ad_accounts"), ["id"], ["_loaded_at desc"]) }}
    ),

    campaigns as (select * from {{ ref("stg_linkedin_ads__campaigns") }}),

    versions as (select * from {{ source("linkedin_ads", "ad_analytics_by_campaign_versions") }})

select
    'linkedin_ads' as source,
    versions.account_id,
    versions.campaign_id as source_campaign_id,

    campaigns.name as campaign_name,
    accounts.currency as currency,

    versions.cost_in_local_currency as cost,
    versions.clicks,
    versions.external_website_conversions + versions.one_click_leads as platform_conversions,
    -- LinkedIn attributes conversions to a day for 30 days.
    30 as restatement_days,

    versions.date as spend_on,

    {{ utc("versions._loaded_at") }} as loaded_at
from versions
left join accounts on versions.account_id = accounts.id
left join
    campaigns
    on versions.account_id = campaigns.account_id
    and versions.campaign_id = campaigns.source_campaign_id
