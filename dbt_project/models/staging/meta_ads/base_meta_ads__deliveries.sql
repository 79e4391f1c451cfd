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

    -- If an account spent more than its ads together, the rest is a row of its own.
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
    )

select
    account_id,
    campaign_id,
    campaign_name,
    ad_id,
    coalesce(impressions, 0) as impressions,
    coalesce(clicks, 0) as clicks,
    coalesce(spend, 0) as spend,
    conversions,
    false as is_residual,
    date_start,
    _loaded_at
from ad_days
union all
select account_id, null, null, null, impressions, clicks, spend, null, true, date_start, _loaded_at
from residuals
where impressions <> 0 or clicks <> 0 or spend <> 0
