with
    charges as ({{ latest_per_key(source("stripe", "charges"), ["id"], ["_loaded_at desc"]) }}),

    refunds as ({{ latest_per_key(source("stripe", "refunds"), ["id"], ["_loaded_at desc"]) }})

-- Failed and canceled refunds do not count.
select charges.invoice, sum(refunds.amount) as refunded
from refunds
inner join charges on refunds.charge = charges.id
where charges.invoice is not null and refunds.status not in ('failed', 'canceled')
group by charges.invoice
