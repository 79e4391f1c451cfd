{#
    What each attribution model credits to each group of `columns` in a relation shaped like the mart attribution, which
    is read once: a model becomes a value of the column `model`. Summed as decimals, for a parallel sum of doubles differs
    in its last digits from run to run. Where the margin of one credited conversion is not known, the margin of the sum is
    not.
#}
{% macro credited_by_model(relation, columns) -%}
    {%- set columns = columns | join(", ") -%}
    with
        summed as (
            select
                {% for model in attribution_models() -%}
                    {%- set credit = "credit_" ~ model -%}
                    sum(cast({{ credit }} as decimal(18, 15))) as {{ model }}_conversions,
                    sum(
                        cast({{ credit }} * conversion_revenue as decimal(28, 10))
                    ) as {{ model }}_revenue,
                    sum(
                        cast({{ credit }} * conversion_gross_margin as decimal(28, 10))
                    ) as {{ model }}_gross_margin,
                    max(
                        cast({{ credit }} > 0 and conversion_gross_margin is null as integer)
                    ) as {{ model }}_unknown,
                {% endfor -%}
                {{ columns }}
            from {{ relation }}
            group by {{ columns }}
        )
    {%- for model in attribution_models() %}
        select
            {{ columns }},
            '{{ model }}' as model,
            {{ model }}_conversions as conversions,
            {{ model }}_revenue as revenue,
            case when {{ model }}_unknown = 0 then {{ model }}_gross_margin end as gross_margin
        from summed {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
