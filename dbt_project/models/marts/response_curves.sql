with curves as (select * from {{ ref("int_curves_tabulated") }})

select
    channel,
    cast(spend as decimal(18, 6)) as spend,
    cast(response as decimal(18, 2)) as response,
    cast(response_low as decimal(18, 2)) as response_low,
    cast(response_high as decimal(18, 2)) as response_high,
    marginal_roas
from curves
