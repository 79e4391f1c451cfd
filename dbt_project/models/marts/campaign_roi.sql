with
    results as (select * from {{ ref("int_results_measured") }}),

    attribution as (select * from {{ ref("attribution") }} where conversion_type = 'won_revenue'),

    campaigns as (select * from {{ ref("int_campaigns_mapped") }}),

    credits as (
        {% for model in attribution_models() -%}
            select
                campaign,
                '{{ model }}' as model,
                conversion_revenue,
                conversion_gross_margin,
                credit_{{ model }} as credit
            from attribution {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    credited as (
        select campaign, model, {{ credited_sums() }} from credits group by campaign, model
    ),

    -- Every campaign a source names is there, whether or not it has results yet.
    measured as (
        select campaign, measure, amount, happened_on
        from results
        union all
        select distinct campaign, 'credited', 0, cast(null as date)
        from credited
        union all
        select distinct campaign, 'named', 0, cast(null as date)
        from campaigns
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

    -- An initiative may run on several platforms: it began with the first and has the status of the
    -- latest.
    initiatives as (
        select
            campaign,
            status,
            min(started_on) over (partition by campaign) as started_on,
            row_number() over (
                partition by campaign
                order by started_on desc nulls last, source, account_id, source_campaign_id
            ) as newest
        from campaigns
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
            -- No revenue has no margin to be unsure of, unless no margin is known at all.
            case
                when credited.model is null and count(credited.gross_margin) over () > 0
                then 0
                else credited.gross_margin
            end as gross_margin
        from to_date
        cross join models
        left join initiatives on to_date.campaign = initiatives.campaign and initiatives.newest = 1
        left join
            credited
            on to_date.campaign is not distinct from credited.campaign
            and models.model = credited.model
    ),

    -- Spread over its customers and over the months (of 30.4375 days) since it began, but never
    -- less than one.
    returned as (
        select
            *,
            {{ ratio("gross_margin", "customers") }} / greatest(
                date_diff('day', started_on, {{ as_of_date() }}) / 30.4375, 1
            ) as monthly_margin_per_customer
        from by_model
    )

select
    campaign,
    model,
    status,
    media_cost,
    agency_cost,
    tool_cost,
    labour_cost,
    total_cost,
    impressions,
    clicks,
    -- Without any web analytics, sessions are not known.
    case when max(sessions) over () > 0 then coalesce(sessions, 0) end as sessions,
    touches,
    leads,
    mqls,
    sqls,
    opportunities,
    customers,
    pipeline,
    cast(revenue as decimal(18, 6)) as revenue,
    cast(gross_margin as decimal(18, 6)) as gross_margin,
    {{ return_on_cost() }},
    started_on,
    last_active_on
from returned
