with
    customers as (select * from {{ ref("base_google_ads__customers") }}),

    campaigns as (select * from {{ ref("stg_google_ads__campaigns") }}),

    performance as (
        select
            customer_id,
            campaign_id,
            campaign_name,
            date,
            hour,
            impressions,
            clicks,
            cost_micros,
            conversions,
            _loaded_at,
            false as is_residual
        from {{ ref("base_google_ads__campaign_performance") }}
        union all
        select
            customer_id,
            null,
            null,
            date,
            hour,
            impressions,
            clicks,
            cost_micros,
            conversions,
            _loaded_at,
            true
        from {{ ref("base_google_ads__residuals") }}
    )

select
    'google_ads' as source,
    concat_ws(
        ':',
        performance.customer_id,
        coalesce(performance.campaign_id, 'residual'),
        performance.date,
        performance.hour
    ) as source_spend_id,
    performance.customer_id as account_id,
    performance.campaign_id as source_campaign_id,

    coalesce(campaigns.name, performance.campaign_name) as campaign_name,
    case
        when performance.is_residual
        then 'Unassigned'
        else coalesce(campaigns.channel, 'Paid Other')
    end as channel,
    'media' as cost_kind,
    customers.time_zone as account_time_zone,
    customers.currency_code as currency,

    {{ from_micros("performance.cost_micros") }} as cost,
    performance.impressions,
    performance.clicks,
    performance.conversions as platform_conversions,
    -- Conversions are restated for 30 days after the click.
    30 as restatement_days,

    performance.is_residual,

    performance.date as spend_on,

    {{
        utc_from_local(
            "performance.date + performance.hour * interval '1 hour'", "customers.time_zone"
        )
    }} as spend_hour_at,
    {{ utc("performance._loaded_at") }} as loaded_at
from performance
left join customers on performance.customer_id = customers.id
left join
    campaigns
    on performance.customer_id = campaigns.account_id
    and performance.campaign_id = campaigns.source_campaign_id
