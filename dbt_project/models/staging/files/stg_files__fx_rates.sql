with fx_rates as (select * from {{ ref("base_files__fx_rates") }} where reason is null)

select
    'files' as source,

    upper(from_currency) as from_currency,
    upper(to_currency) as to_currency,

    rate,

    rate_on
from fx_rates
