with
    attribution as (select * from {{ ref("attribution") }}),

    -- One row per credit, so that a model is a value and not a column.
    credits as (
        {% for model in attribution_models() %}
            select
                conversion_type,
                {{ home_month("converted_at") }} as month,
                '{{ model }}' as model,
                channel,
                conversion_revenue,
                conversion_gross_margin,
                credit_{{ model }} as credit
            from attribution {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    summed as (
        select conversion_type, month, model, channel, {{ credited_sums() }}
        from credits
        group by conversion_type, month, model, channel
    ),

    -- A sale is shared as money, becoming an SQL as a count.
    shared as (
        select
            *,
            case
                when conversion_type = 'won_revenue'
                then {{ ratio("revenue", "sum(revenue) over answer") }}
                else {{ ratio("conversions", "sum(conversions) over answer") }}
            end as share
        from summed
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
    max(share) over models - min(share) over models as model_spread
from shared
window models as (partition by conversion_type, month, channel)
