with
    campaign_rows as (
        {{
            latest_per_key(
                source("linkedin_ads", "ad_analytics_by_campaign"),
                ["account_id", "campaign_id", "date"],
                ["_loaded_at desc"],
            )
        }}
    ),

    account_rows as (
        {{
            latest_per_key(
                source("linkedin_ads", "ad_analytics_by_account"),
                ["account_id", "date"],
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
            cost_in_local_currency as cost,
            external_website_conversions + one_click_leads as conversions,
            date,
            _loaded_at
        from campaign_rows
    ),

    account_days as (
        select
            account_id,
            impressions,
            clicks,
            cost_in_local_currency as cost,
            external_website_conversions + one_click_leads as conversions,
            date,
            _loaded_at
        from account_rows
    ),

    days as ({{ with_residuals("campaign_days", "account_days") }})

select *
from days
