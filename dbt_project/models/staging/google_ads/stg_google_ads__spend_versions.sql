with
    customers as (select * from {{ ref("base_google_ads__customers") }}),

    versions as (
        select distinct
            customer_id,
            campaign_id,
            campaign_name,
            date,
            cost_micros,
            clicks,
            conversions,
            _loaded_at
        from {{ source("google_ads", "campaign_performance_versions") }}
    )

select
    'google_ads' as source,
    versions.customer_id as account_id,
    versions.campaign_id as source_campaign_id,

    versions.campaign_name,
    customers.currency_code as currency,

    {{ from_micros("versions.cost_micros") }} as cost,
    versions.clicks,
    versions.conversions as platform_conversions,
    -- Conversions are restated for 30 days after the click.
    30 as restatement_days,

    versions.date as spend_on,

    {{ utc("versions._loaded_at") }} as loaded_at
from versions
left join customers on versions.customer_id = customers.id
