with
    deals as (select * from {{ ref("int_deals_resolved") }}),

    fx_rates as (select * from {{ ref("int_fx_rates_ranged") }}),

    margins as (select * from {{ ref("int_margin_rates_resolved") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    -- A deal's money is that of the day it closed, an open one's of the day it was opened.
    dated as (
        select
            deals.*,
            coalesce(deals.currency, run.home_currency) as money_currency,
            {{ home_date("coalesce(deals.closed_at, deals.opened_at)", "run.time_zone") }}
            as money_on,
            run.gross_margin_rate
        from deals
        cross join run
    )

select
    dated.deal_id,
    dated.person_id,
    dated.company_id,
    dated.owner_id,
    dated.source,
    dated.customer_id,
    dated.name,
    dated.product_id,
    dated.pipeline,
    dated.stage_name,
    dated.channel_detail,
    dated.money_currency as currency,
    dated.stage_probability,
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
    dated.is_won,
    dated.is_lost,
    dated.is_open,
    fx_rates.rate_on as fx_rate_on,
    dated.opened_at,
    dated.offer_sent_at,
    dated.closed_at
from dated
left join
    fx_rates
    on dated.money_currency = fx_rates.currency
    and dated.money_on >= fx_rates.rate_on
    and dated.money_on < fx_rates.valid_until
left join margins on dated.product_id = margins.product_id
