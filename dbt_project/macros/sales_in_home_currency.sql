{#
    Sales (a relation with currency, amount, gross_margin and product_id) with their money at the rate of the day at home
    on which they were made. Without a currency it is home's.
#}
{% macro sales_in_home_currency(sales, made_at) -%}
    with
        sales as (select * from {{ sales }}),

        fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

        margins as (select * from {{ ref("int_margin_rates_resolved") }}),

        run as (select * from {{ ref("stg_settings__run") }}),

        dated as (
            select
                sales.*,
                coalesce(sales.currency, run.home_currency) as money_currency,
                {{ home_date(made_at, "run.time_zone") }} as money_on,
                run.gross_margin_rate
            from sales
            cross join run
        )

    select
        dated.* exclude (currency, gross_margin, money_currency, money_on, gross_margin_rate),
        dated.money_currency as currency,
        fx_rates.rate as fx_rate,
        fx_rates.source as fx_rate_source,
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
        fx_rates.rate_on as fx_rate_on
    from dated
    left join
        fx_rates
        on dated.money_currency = fx_rates.currency
        and dated.money_on >= fx_rates.rate_on
        and dated.money_on < fx_rates.valid_until
    left join margins on dated.product_id = margins.product_id
{%- endmacro %}
