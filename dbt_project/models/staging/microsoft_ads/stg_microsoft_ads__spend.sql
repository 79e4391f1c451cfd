with
    accounts as (
        {{ latest_per_key(source("microsoft_ads", "accounts"), ["id"], ["_loaded_at desc"]) }}
    ),

    campaigns as (select * from {{ ref("stg_microsoft_ads__campaigns") }}),

    days as (select * from {{ ref("base_microsoft_ads__days") }})

select
    'microsoft_ads' as source,
    concat_ws(
        ':', days.account_id, coalesce(days.campaign_id, 'residual'), days.date
    ) as source_spend_id,
    days.account_id,
    days.campaign_id as source_campaign_id,

    campaigns.name as campaign_name,
    case
        when days.is_residual then 'Unassigned' else coalesce(campaigns.channel, 'Paid Other')
    end as channel,
    'media' as cost_kind,
    case
        accounts.time_zone
        when 'AmsterdamBerlinBernRomeStockholmVienna'
        then 'Europe/Berlin'
        when 'BrusselsCopenhagenMadridParis'
        then 'Europe/Paris'
        when 'GreenwichMeanTimeDublinEdinburghLisbonLondon'
        then 'Europe/London'
        when 'EasternTimeUSCanada'
        then 'America/New_York'
        when 'CentralTimeUSCanada'
        then 'America/Chicago'
        when 'MountainTimeUSCanada'
        then 'America/Denver'
        when 'PacificTimeUSCanadaTijuana'
        then 'America/Los_Angeles'
        else accounts.time_zone
    end as account_time_zone,
    accounts.currency_code as currency,

    days.cost,
    days.impressions,
    days.clicks,
    days.conversions as platform_conversions,
    -- Microsoft attributes conversions to a day for 30 days.
    30 as restatement_days,

    days.is_residual,

    days.date as spend_on,

    cast(null as timestamp) as spend_hour_at,
    {{ utc("days._loaded_at") }} as loaded_at
from days
left join accounts on days.account_id = accounts.id
left join
    campaigns
    on days.account_id = campaigns.account_id
    and days.campaign_id = campaigns.source_campaign_id
