with
    orders as (select * from {{ ref("int_orders_resolved") }}),

    fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

    margins as (select * from {{ ref("int_margin_rates_resolved") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    dated as (
        select
            orders.*,
            coalesce(orders.currency, run.home_currency) as money_currency,
            {{ home_date("orders.ordered_at", "run.time_zone") }} as money_on,
            run.gross_margin_rate
        from orders
        cross join run
    )

select
    dated.order_id,
    dated.person_id,
    dated.source,
    dated.product_id,
    dated.money_currency as currency,
    dated.quantity,
    dated.amount,
    fx_rates.rate as fx_rate,
    {{ in_home_currency("dated.amount", "fx_rates.rate") }} as amount_home,
    {{
        gross_margin(
            "dated.amount",
            "dated.gross_margin",
            "margins.margin_rate",
            "dated.gross_margin_rate",
            "fx_rates.rate",
        )
    }} as gross_margin_home,
    dated.is_paid,
    fx_rates.rate_on as fx_rate_on,
    dated.ordered_at
from dated
left join
    fx_rates
    on dated.money_currency = fx_rates.currency
    and dated.money_on >= fx_rates.rate_on
    and dated.money_on < fx_rates.valid_until
left join margins on dated.product_id = margins.product_id
