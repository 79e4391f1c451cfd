with
    customers as (select * from {{ ref("base_google_ads__customers") }}),

    performance as (select * from {{ ref("base_google_ads__account_performance") }})

select
    'google_ads' as source,
    performance.customer_id as account_id,

    customers.currency_code as currency,

    {{ from_micros("performance.cost_micros") }} as cost,

    performance.date as spend_on,

    {{
        utc_from_local(
            "performance.date + performance.hour * interval '1 hour'", "customers.time_zone"
        )
    }} as spend_hour_at
from performance
left join customers on performance.customer_id = customers.id
