with
    account_days as (select * from {{ ref("base_meta_ads__account_days") }}),

    ad_days as (
        {{
            latest_per_key(
                source("meta_ads", "ad_insights"),
                ["account_id", "ad_id", "date_start"],
                ["_loaded_at desc"],
            )
        }}
    ),

    -- A campaign keeps one name over all its days: the one it has now.
    campaigns as (select * from {{ ref("stg_meta_ads__campaigns") }}),

    ad_totals as (
        select
            account_id,
            date_start,
            sum(impressions) as impressions,
            sum(clicks) as clicks,
            sum(spend) as spend
        from ad_days
        group by account_id, date_start
    ),

    -- What an account spent beyond what its ads show is a row of its own.
    residuals as (
        select
            account_days.account_id,
            account_days.date_start,
            account_days.impressions - coalesce(ad_totals.impressions, 0) as impressions,
            account_days.clicks - coalesce(ad_totals.clicks, 0) as clicks,
            account_days.spend - coalesce(ad_totals.spend, 0) as spend,
            account_days._loaded_at
        from account_days
        left join
            ad_totals
            on account_days.account_id = ad_totals.account_id
            and account_days.date_start = ad_totals.date_start
    ),

    delivered as (
        select
            account_id,
            campaign_id,
            campaign_name,
            ad_id,
            impressions,
            clicks,
            spend,
            conversions,
            false as is_residual,
            date_start,
            _loaded_at
        from ad_days
        union all
        select
            account_id,
            null,
            null,
            'residual',
            impressions,
            clicks,
            spend,
            null,
            true,
            date_start,
            _loaded_at
        from residuals
        where impressions <> 0 or clicks <> 0 or spend <> 0
    )

select
    'meta_ads' as source,
    concat_ws(':', delivered.account_id, delivered.ad_id, delivered.date_start) as source_spend_id,
    delivered.account_id,
    delivered.campaign_id as source_campaign_id,

    coalesce(campaigns.name, delivered.campaign_name) as campaign_name,
    case when delivered.is_residual then 'Unassigned' else 'Paid Social' end as channel,
    'media' as cost_kind,
    account_days.timezone_name as account_time_zone,
    account_days.currency,

    coalesce(delivered.spend, 0) as cost,
    coalesce(delivered.impressions, 0) as impressions,
    coalesce(delivered.clicks, 0) as clicks,
    delivered.conversions as platform_conversions,
    -- Meta changes a day for 28 days.
    28 as restatement_days,

    delivered.is_residual,

    delivered.date_start as spend_on,

    cast(null as timestamp) as spend_hour_at,
    {{ utc("delivered._loaded_at") }} as loaded_at
from delivered
left join
    account_days
    on delivered.account_id = account_days.account_id
    and delivered.date_start = account_days.date_start
left join campaigns on delivered.campaign_id = campaigns.source_campaign_id
