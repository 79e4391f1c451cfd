with
    results as (select * from {{ ref("int_results_measured") }}),

    -- Months of which a platform may still restate a day.
    moving as (
        select distinct cast(date_trunc('month', spend_on) as date) as month, channel
        from {{ ref("int_spend_converted") }}
        where is_still_moving
    ),

    credits as (
        select * from {{ ref("attribution_by_channel") }} where conversion_type = 'won_revenue'
    ),

    -- A month in which a channel has nothing but revenue is there as well.
    measured as (
        select cast(date_trunc('month', happened_on) as date) as month, channel, measure, amount
        from results
        union all
        select distinct month, channel, 'revenue', 0
        from credits
    ),

    monthly as (
        select month, channel, {{ results_by_measure() }} from measured group by month, channel
    ),

    models as (
        {% for model in attribution_models() -%}
            select '{{ model }}' as model {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    -- Costs and counts do not depend on the model and repeat; only revenue and margin do.
    by_model as (
        select
            monthly.*,
            models.model,
            moving.month is not null as is_still_moving,
            media_cost + agency_cost + tool_cost + labour_cost as total_cost,
            coalesce(credits.revenue, 0) as revenue,
            -- Without credited revenue the margin is 0, or NULL if no margin is known at all.
            case
                when credits.month is null and count(credits.gross_margin) over () > 0
                then 0
                else credits.gross_margin
            end as gross_margin,
            sum(monthly.customers) over (
                partition by monthly.channel, models.model order by monthly.month
            ) as customers_to_date
        from monthly
        cross join models
        left join
            credits
            on monthly.month = credits.month
            and monthly.channel = credits.channel
            and models.model = credits.model
        left join moving on monthly.month = moving.month and monthly.channel = moving.channel
    ),

    -- Spread over all customers the channel has brought so far, since they all may buy again.
    returned as (
        select *, {{ ratio("gross_margin", "customers_to_date") }} as monthly_margin_per_customer
        from by_model
    )

select month, channel, model, {{ return_on_cost() }}, is_still_moving
from returned
