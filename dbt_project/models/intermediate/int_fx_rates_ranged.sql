with
    rates as (select * from {{ ref("int_fx_rates_unioned") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    -- A file may quote a pair either way round; the direct quote is preferred to the inverse of
    -- the other.
    quotes as (
        select
            rates.from_currency as currency,
            rates.rate,
            rates.rate_on,
            1 as precedence,
            rates.source
        from rates
        inner join run on rates.to_currency = run.home_currency
        union all
        select
            rates.to_currency,
            cast(1 / rates.rate as decimal(28, 12)),
            rates.rate_on,
            2,
            rates.source
        from rates
        inner join run on rates.from_currency = run.home_currency
        union all
        select run.home_currency, cast(1 as decimal(28, 12)), date '0001-01-01', 0, 'home'
        from run
    ),

    daily as (
        select currency, rate, rate_on, source
        from quotes
        qualify row_number() over (partition by currency, rate_on order by precedence, source) = 1
    )

-- A rate holds until the next one is known: weekends and holidays have the last one before.
select
    currency,
    rate,
    source,
    rate_on,
    coalesce(
        lead(rate_on) over (partition by currency order by rate_on), date '9999-12-31'
    ) as valid_until
from daily
