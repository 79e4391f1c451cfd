with
    deals as (select * from {{ ref("int_deals_converted") }} where is_won),

    orders as (select * from {{ ref("int_orders_converted") }} where is_paid),

    run as (select * from {{ ref("stg_settings__run") }})

-- Revenue is that of won deals or that of paid orders, as mops.yaml says; never both.
select
    deals.deal_id as conversion_id,
    deals.person_id,
    deals.source,
    deals.amount_home as revenue_home,
    deals.gross_margin_home,
    coalesce(deals.closed_at, deals.opened_at) as converted_at
from deals
inner join run on run.revenue_from = 'deals'
union all
select
    orders.order_id,
    orders.person_id,
    orders.source,
    orders.amount_home,
    orders.gross_margin_home,
    orders.ordered_at
from orders
inner join run on run.revenue_from = 'orders'
