with
    accounts as (
        {{ latest_per_key(source("linkedin_ads", "ad_accounts"), ["id"], ["_loaded_at desc"]) }}
    ),

    account_days as (
        {{
            latest_per_key(
                source("linkedin_ads", "ad_analytics_by_account"),
                ["account_id", "date"],
                ["_loaded_at desc"],
            )
        }}
    )

select
    'linkedin_ads' as source,
    account_days.account_id,

    accounts.currency as currency,

    account_days.cost_in_local_currency as cost,

    account_days.date as spend_on,

    cast(null as timestamp) as spend_hour_at
from account_days
left join accounts on account_days.account_id = accounts.id
