with orders as (select * from {{ ref("base_files__orders") }} where reason is null)

select
    'files' as source,
    coalesce(order_id, row_key) as source_order_id,
    lead_id as source_person_id,
    customer_id,
    product_id,

    {{ normalise_email("email") }} as email,
    upper(currency) as currency,

    quantity,
    amount,
    gross_margin,

    is_paid,

    ordered_at
from orders
