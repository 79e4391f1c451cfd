with
    accounts as (
        {{ latest_per_key(source("microsoft_ads", "accounts"), ["id"], ["_loaded_at desc"]) }}
    ),

    account_days as (
        {{
            latest_per_key(
                source("microsoft_ads", "account_performance_report"),
                ["account_id", "time_period"],
                ["_loaded_at desc"],
            )
        }}
    )

select
    'microsoft_ads' as source,
    account_days.account_id,

    accounts.currency_code as currency,

    account_days.spend as cost,

    account_days.time_period as spend_on,

    cast(null as timestamp) as spend_hour_at
from account_days
left join accounts on account_days.account_id = accounts.id
