with
    campaign_rows as (
        {{
            latest_per_key(
                source("microsoft_ads", "campaign_performance_report"),
                ["account_id", "campaign_id", "time_period"],
                ["_loaded_at desc"],
            )
        }}
    ),

    account_rows as (
        {{
            latest_per_key(
                source("microsoft_ads", "account_performance_report"),
                ["account_id", "time_period"],
                ["_loaded_at desc"],
            )
        }}
    ),

    campaign_days as (
        select
            account_id,
            campaign_id,
            impressions,
            clicks,
            spend as cost,
            conversions as conversions,
            time_period as date,
            _loaded_at
        from campaign_rows
    ),

    account_days as (
        select
            account_id,
            impressions,
            clicks,
            spend as cost,
            conversions as conversions,
            time_period as date,
            _loaded_at
        from account_rows
    ),

    days as ({{ with_residuals("campaign_days", "account_days") }})

select *
from days
