with
    invoices as ({{ latest_per_key(source("stripe", "invoices"), ["id"], ["_loaded_at desc"]) }}),

    customers as ({{ latest_per_key(source("stripe", "customers"), ["id"], ["_loaded_at desc"]) }}),

    refunded as (select * from {{ ref("base_stripe__refunded") }}),

    -- An order is an invoice that asks for money; one that was paid back in full is no longer paid.
    netted as (
        select invoices.*, invoices.amount_paid - coalesce(refunded.refunded, 0) as amount_kept
        from invoices
        left join refunded on invoices.id = refunded.invoice
        where
            invoices.status in ('open', 'paid', 'uncollectible')
            and invoices.deleted is not true
            and invoices.amount_due > 0
    )

select
    'stripe' as source,
    netted.id as source_order_id,
    netted.customer as source_person_id,
    netted.customer as customer_id,
    cast(null as varchar) as product_id,

    {{ normalise_email("coalesce(netted.customer_email, customers.email)") }} as email,
    upper(netted.currency) as currency,

    cast(null as decimal(18, 4)) as quantity,
    case
        when netted.status = 'paid'
        then {{ from_minor_units("netted.amount_kept", "netted.currency") }}
        else {{ from_minor_units("netted.amount_due", "netted.currency") }}
    end as amount,
    cast(null as decimal(18, 2)) as gross_margin,

    netted.status = 'paid' and netted.amount_kept > 0 as is_paid,

    {{ utc("coalesce(netted.paid_at, netted.created)") }} as ordered_at
from netted
left join customers on netted.customer = customers.id
