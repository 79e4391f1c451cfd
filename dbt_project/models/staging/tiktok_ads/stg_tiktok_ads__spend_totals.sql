with
    accounts as (
        {{
            latest_per_key(
                source("tiktok_ads", "advertisers"), ["advertiser_id"], ["_loaded_at desc"]
            )
        }}
    ),

    account_days as (
        {{
            latest_per_key(
                source("tiktok_ads", "advertiser_report"),
                ["advertiser_id", "stat_time_day"],
                ["_loaded_at desc"],
            )
        }}
    )

select
    'tiktok_ads' as source,
    account_days.advertiser_id as account_id,

    accounts.currency as currency,

    account_days.spend as cost,

    account_days.stat_time_day as spend_on,

    cast(null as timestamp) as spend_hour_at
from account_days
left join accounts on account_days.advertiser_id = accounts.advertiser_id
