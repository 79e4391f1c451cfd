with
    orders as (select * from {{ ref("int_orders_unioned") }}),

    identities as (select * from {{ ref("int_identities_resolved") }}),

    -- A customer number belongs to the person of the first deal that has it.
    customers as (
        select customer_id, person_id
        from {{ ref("int_deals_resolved") }}
        where customer_id is not null and person_id is not null
        qualify
            row_number() over (
                partition by customer_id order by coalesce(opened_at, closed_at) nulls last, deal_id
            )
            = 1
    )

select
    orders.source || ':' || orders.source_order_id as order_id,
    coalesce(by_record.person_id, by_email.person_id, customers.person_id) as person_id,
    orders.source,
    orders.product_id,
    orders.currency,
    orders.quantity,
    orders.amount,
    orders.gross_margin,
    coalesce(orders.is_paid, false) as is_paid,
    orders.ordered_at
from orders
left join
    identities as by_record
    on by_record.identity_type = 'source_id'
    and by_record.identity_value = orders.source || ':' || orders.source_person_id
left join
    identities as by_email
    on by_email.identity_type = 'email'
    and by_email.identity_value = orders.email
left join customers on orders.customer_id = customers.customer_id
