select
    cast(null as varchar) as order_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as source,
    cast(null as varchar) as product_id,
    cast(null as varchar) as currency,
    cast(null as decimal(18, 4)) as quantity,
    cast(null as decimal(18, 2)) as amount,
    cast(null as decimal(28, 12)) as fx_rate,
    cast(null as decimal(18, 6)) as amount_home,
    cast(null as decimal(18, 6)) as gross_margin_home,
    cast(null as boolean) as is_paid,
    cast(null as date) as fx_rate_on,
    cast(null as timestamp) as ordered_at
where false
