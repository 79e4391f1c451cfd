with
    -- A person is a customer from their first won deal or paid order.
    customers as (
        select * from {{ ref("funnel_stages") }} where stage = 'customer' and not is_reentry
    ),

    deals as (select * from {{ ref("int_deals_converted") }} where is_won),

    orders as (select * from {{ ref("int_orders_converted") }} where is_paid),

    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    deals_by_person as (
        select
            person_id, count(*) as deals, sum(cast(amount_home as decimal(18, 2))) as deals_revenue
        from deals
        group by person_id
    ),

    orders_by_person as (
        select
            person_id,
            count(*) as orders,
            sum(cast(amount_home as decimal(18, 2))) as orders_revenue
        from orders
        group by person_id
    ),

    -- Where the margin of one sale is not known, the customer's is not.
    margins_by_person as (
        select
            person_id,
            case
                when count(*) = count(gross_margin_home)
                then sum(cast(gross_margin_home as decimal(18, 2)))
            end as gross_margin
        from revenue
        group by person_id
    )

select
    customers.person_id,
    customers.channel,
    customers.channel_detail,
    customers.campaign,
    coalesce(deals_by_person.deals, 0) as deals,
    cast(coalesce(deals_by_person.deals_revenue, 0) as decimal(18, 2)) as deals_revenue,
    coalesce(orders_by_person.orders, 0) as orders,
    cast(coalesce(orders_by_person.orders_revenue, 0) as decimal(18, 2)) as orders_revenue,
    cast(margins_by_person.gross_margin as decimal(18, 2)) as gross_margin,
    customers.entered_at as customer_since
from customers
left join deals_by_person on customers.person_id = deals_by_person.person_id
left join orders_by_person on customers.person_id = orders_by_person.person_id
left join margins_by_person on customers.person_id = margins_by_person.person_id
