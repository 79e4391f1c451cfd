{#
    The ratios of cost and return that channel_roi and campaign_roi share, over the columns of those names.
    monthly_margin_per_customer is what a customer's gross margin brings in a month; each mart says how it knows.
#}
{% macro return_on_cost() -%}
    {{ ratio("clicks", "impressions") }} as ctr,
    {{ ratio("media_cost", "clicks") }} as cpc,
    1000 * {{ ratio("media_cost", "impressions") }} as cpm,
    {{ ratio("total_cost", "leads") }} as cost_per_lead,
    {{ ratio("total_cost", "mqls") }} as cost_per_mql,
    {{ ratio("total_cost", "sqls") }} as cost_per_sql,
    {{ ratio("total_cost", "customers") }} as cac,
    {{ ratio("revenue", "media_cost") }} as roas,
    {{ ratio("gross_margin - total_cost", "total_cost") }} as roi,
    {{ ratio("gross_margin - media_cost", "media_cost") }} as roi_media_only,
    case
        when monthly_margin_per_customer > 0
        then {{ ratio("total_cost", "customers") }} / monthly_margin_per_customer
    end as payback_months
{%- endmacro %}
