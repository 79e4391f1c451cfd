with account_days as (select * from {{ ref("base_meta_ads__account_days") }})

select
    'meta_ads' as source,
    account_id,

    currency,

    spend as cost,

    date_start as spend_on,

    cast(null as timestamp) as spend_hour_at
from account_days
