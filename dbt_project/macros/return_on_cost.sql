{#
    What channel_roi and campaign_roi have in common: the measures of results_by_measure, revenue and gross_margin, and
    the ratios of cost and return over them. monthly_margin_per_customer is the gross margin that a customer brings in a
    month; each mart computes it in its own way. Where no cost is recorded, the cost per person is NULL, not 0.
#}
{% macro return_on_cost() -%}
    media_cost,
    agency_cost,
    tool_cost,
    labour_cost,
    total_cost,
    impressions,
    clicks,
    {#- Without any web analytics, sessions are not known. #}
    case when max(sessions) over () > 0 then coalesce(sessions, 0) end as sessions,
    touches,
    leads,
    mqls,
    sqls,
    opportunities,
    customers,
    pipeline,
    weighted_pipeline,
    cast(revenue as decimal(18, 6)) as revenue,
    cast(gross_margin as decimal(18, 6)) as gross_margin,
    {{ ratio("clicks", "impressions") }} as ctr,
    {{ ratio("media_cost", "clicks") }} as cpc,
    1000 * {{ ratio("media_cost", "impressions") }} as cpm,
    {{ ratio("nullif(total_cost, 0)", "leads") }} as cost_per_lead,
    {{ ratio("nullif(total_cost, 0)", "mqls") }} as cost_per_mql,
    {{ ratio("nullif(total_cost, 0)", "sqls") }} as cost_per_sql,
    {{ ratio("nullif(total_cost, 0)", "customers") }} as cac,
    {{ ratio("revenue", "media_cost") }} as roas,
    {{ ratio("gross_margin - total_cost", "total_cost") }} as roi,
    {{ ratio("gross_margin - media_cost", "media_cost") }} as roi_media_only,
    case
        when monthly_margin_per_customer > 0
        then {{ ratio("nullif(total_cost, 0)", "customers") }} / monthly_margin_per_customer
    end as payback_months
{%- endmacro %}
