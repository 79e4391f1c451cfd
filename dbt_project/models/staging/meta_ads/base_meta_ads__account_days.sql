with
    accounts as (
        {{ latest_per_key(source("meta_ads", "ad_accounts"), ["account_id"], ["_loaded_at desc"]) }}
    ),

    days as (
        {{
            latest_per_key(
                source("meta_ads", "account_insights"),
                ["account_id", "date_start"],
                ["_loaded_at desc"],
            )
        }}
    )

select
    days.account_id,
    accounts.currency,
    accounts.timezone_name,
    coalesce(days.impressions, 0) as impressions,
    coalesce(days.clicks, 0) as clicks,
    coalesce(days.spend, 0) as spend,
    days.date_start,
    days._loaded_at
from days
left join accounts on days.account_id = accounts.account_id
