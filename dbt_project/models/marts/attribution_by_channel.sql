with
    credited_touches as (select * from {{ ref("int_touches_credited") }}),

    credited as (
        {{ credited_by_model("credited_touches", ["conversion_type", "month", "channel"]) }}
    ),

    -- Shares are of revenue for sales, and of the number of conversions for becoming an SQL.
    shared as (
        select
            *,
            case
                when conversion_type = 'won_revenue'
                then {{ ratio("revenue", "sum(revenue) over answer") }}
                else {{ ratio("conversions", "sum(conversions) over answer") }}
            end as share
        from credited
        window answer as (partition by conversion_type, month, model)
    )

select
    conversion_type,
    month,
    model,
    channel,
    cast(conversions as double) as conversions,
    cast(revenue as decimal(18, 6)) as revenue,
    cast(gross_margin as decimal(18, 6)) as gross_margin,
    share,
    -- Differences below a billionth come from rounding in the division.
    round(max(share) over models - min(share) over models, 9) as model_spread
from shared
window models as (partition by conversion_type, month, channel)
