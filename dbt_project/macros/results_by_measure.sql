{#
    The measures of int_results_measured as columns, for a mart that groups its rows. An amount is 0
    where there is none and NULL where a part of it is not known; impressions, clicks and sessions are NULL where
    nothing was reported.
#}
{% macro results_by_measure() -%}
    {%- for measure, column, type in [
        ("media", "media_cost", "decimal(18, 6)"),
        ("agency", "agency_cost", "decimal(18, 6)"),
        ("tool", "tool_cost", "decimal(18, 6)"),
        ("labour", "labour_cost", "decimal(18, 6)"),
        ("pipeline", "pipeline", "decimal(18, 2)"),
        ("weighted_pipeline", "weighted_pipeline", "decimal(18, 2)"),
        ("touches", "touches", "bigint"),
        ("lead", "leads", "bigint"),
        ("mql", "mqls", "bigint"),
        ("sql", "sqls", "bigint"),
        ("opportunity", "opportunities", "bigint"),
        ("customer", "customers", "bigint"),
    ] %}
        case
            when count(case when measure = '{{ measure }}' and amount is null then 1 end) = 0
            then
                cast(
                    coalesce(
                        sum(case when measure = '{{ measure }}' then amount end), 0
                    ) as {{ type }}
                )
        end as {{ column }},
    {%- endfor %}
    {%- for measure in ["impressions", "clicks", "sessions"] %}
        cast(sum(case when measure = '{{ measure }}' then amount end) as bigint) as {{ measure }}
        {{- "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
