with
    versions as (select * from {{ ref("int_spend_versions_unioned") }}),

    fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }}),

    -- Versions do not say of which zone their days are; the spend of their account does.
    accounts as (
        select source, account_id, bool_and(is_zone_exact) as is_zone_exact
        from {{ ref("int_spend_by_home_day") }}
        group by source, account_id
    )

select
    versions.source,
    versions.account_id,
    versions.source_campaign_id,
    {{ canonical_name("coalesce(campaign_mapping.campaign, versions.campaign_name)") }} as campaign,
    versions.currency,
    versions.cost,
    fx_rates.rate as fx_rate,
    fx_rates.source as fx_rate_source,
    {{ in_home_currency("versions.cost", "fx_rates.rate") }} as cost_home,
    versions.clicks,
    versions.platform_conversions,
    accounts.is_zone_exact,
    coalesce(
        {{ is_still_moving("versions.spend_on", "versions.restatement_days") }}, false
    ) as is_still_moving,
    versions.spend_on,
    fx_rates.rate_on as fx_rate_on,
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
left join
    accounts on versions.source = accounts.source and versions.account_id = accounts.account_id
