with
    campaign_rows as (
        {{
            latest_per_key(
                source("tiktok_ads", "campaign_report"),
                ["advertiser_id", "campaign_id", "stat_time_day"],
                ["_loaded_at desc"],
            )
        }}
    ),

    account_rows as (
        {{
            latest_per_key(
                source("tiktok_ads", "advertiser_report"),
                ["advertiser_id", "stat_time_day"],
                ["_loaded_at desc"],
            )
        }}
    ),

    campaign_days as (
        select
            advertiser_id as account_id,
            campaign_id,
            impressions,
            clicks,
            spend as cost,
            conversion as conversions,
            stat_time_day as date,
            _loaded_at
        from campaign_rows
    ),

    account_days as (
        select
            advertiser_id as account_id,
            impressions,
            clicks,
            spend as cost,
            conversion as conversions,
            stat_time_day as date,
            _loaded_at
        from account_rows
    ),

    days as ({{ with_residuals("campaign_days", "account_days") }})

select *
from days
