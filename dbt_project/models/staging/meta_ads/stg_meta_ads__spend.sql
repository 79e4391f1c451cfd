with
    deliveries as (select * from {{ ref("base_meta_ads__deliveries") }}),

    account_days as (select * from {{ ref("base_meta_ads__account_days") }}),

    -- A campaign has one name over all its days: the one it has now.
    campaigns as (select * from {{ ref("stg_meta_ads__campaigns") }})

select
    'meta_ads' as source,
    concat_ws(
        ':', deliveries.account_id, coalesce(deliveries.ad_id, 'residual'), deliveries.date_start
    ) as source_spend_id,
    deliveries.account_id,
    deliveries.campaign_id as source_campaign_id,

    coalesce(campaigns.name, deliveries.campaign_name) as campaign_name,
    case when deliveries.is_residual then 'Unassigned' else 'Paid Social' end as channel,
    'media' as cost_kind,
    account_days.timezone_name as account_time_zone,
    account_days.currency,

    deliveries.spend as cost,
    deliveries.impressions,
    deliveries.clicks,
    deliveries.conversions as platform_conversions,
    -- Meta changes a day for 28 days.
    28 as restatement_days,

    deliveries.is_residual,

    deliveries.date_start as spend_on,

    cast(null as timestamp) as spend_hour_at,
    {{ utc("deliveries._loaded_at") }} as loaded_at
from deliveries
left join
    account_days
    on deliveries.account_id = account_days.account_id
    and deliveries.date_start = account_days.date_start
left join campaigns on deliveries.campaign_id = campaigns.source_campaign_id
