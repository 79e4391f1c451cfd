with
    results as (select * from {{ ref("int_results_measured") }}),

    initiatives as (select * from {{ ref("int_initiatives_gathered") }}),

    attribution as (select * from {{ ref("attribution") }} where conversion_type = 'won_revenue'),

    credited as ({{ credited_by_model("attribution", ["campaign"]) }}),

    -- Every campaign a source names is there, whether or not it has results yet.
    measured as (
        select campaign, measure, amount, happened_on
        from results
        union all
        select distinct campaign, 'revenue', 0, cast(null as date)
        from credited
        union all
        select campaign, 'named', 0, cast(null as date)
        from initiatives
    ),

    to_date as (
        select
            campaign,
            {{ results_by_measure() }},
            min(case when measure in ('media', 'touches') then happened_on end) as first_active_on,
            max(case when measure in ('media', 'touches') then happened_on end) as last_active_on
        from measured
        group by campaign
    ),

    models as (
        {% for model in attribution_models() -%}
            select '{{ model }}' as model {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    by_model as (
        select
            to_date.*,
            models.model,
            initiatives.status,
            coalesce(initiatives.started_on, to_date.first_active_on) as started_on,
            media_cost + agency_cost + tool_cost + labour_cost as total_cost,
            coalesce(credited.revenue, 0) as revenue,
            -- Without credited revenue the margin is 0, or NULL if no margin is known at all.
            case
                when credited.model is null and count(credited.gross_margin) over () > 0
                then 0
                else credited.gross_margin
            end as gross_margin
        from to_date
        cross join models
        left join initiatives on to_date.campaign = initiatives.campaign
        left join
            credited
            on to_date.campaign is not distinct from credited.campaign
            and models.model = credited.model
    ),

    -- Margin per customer and month, over the months (of 30.4375 days, at least one) since the
    -- campaign's first day in the data; a platform may give a start long before that.
    returned as (
        select
            *,
            {{ ratio("gross_margin", "customers") }} / greatest(
                date_diff('day', first_active_on, {{ as_of_date() }}) / 30.4375, 1
            ) as monthly_margin_per_customer
        from by_model
    )

select campaign, model, status, {{ return_on_cost() }}, started_on, first_active_on, last_active_on
from returned
