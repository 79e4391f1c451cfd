with
    versions as (select * from {{ ref("int_spend_versions_unioned") }}),

    fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }})

select
    versions.source,
    versions.account_id,
    versions.source_campaign_id,
    {{ canonical_name("coalesce(campaign_mapping.campaign, versions.campaign_name)") }} as campaign,
    versions.currency,
    versions.cost,
    {{ in_home_currency("versions.cost", "fx_rates.rate") }} as cost_home,
    versions.clicks,
    versions.platform_conversions,
    coalesce(
        {{ is_still_moving("versions.spend_on", "versions.restatement_days") }}, false
    ) as is_still_moving,
    versions.spend_on,
    versions.loaded_at
from versions
left join
    fx_rates
    on versions.currency = fx_rates.currency
    and versions.spend_on >= fx_rates.rate_on
    and versions.spend_on < fx_rates.valid_until
left join
    campaign_mapping
    on versions.source = campaign_mapping.source
    and versions.campaign_name = campaign_mapping.name
