{#
    What each attribution model credits to each group of `columns` in a relation shaped like the mart attribution: a
    model becomes a value of the column `model`. Summed as decimals, for a parallel sum of doubles differs in its last
    digits from run to run. Where the margin of one credited conversion is not known, the margin of the sum is not.
#}
{% macro credited_by_model(relation, columns) -%}
    {%- set columns = columns | join(", ") -%}
    {%- for model in attribution_models() %}
        select
            {{ columns }},
            '{{ model }}' as model,
            sum(cast(credit_{{ model }} as decimal(18, 15))) as conversions,
            sum(cast(credit_{{ model }} * conversion_revenue as decimal(28, 10))) as revenue,
            case
                when
                    count(
                        case
                            when credit_{{ model }} > 0 and conversion_gross_margin is null then 1
                        end
                    )
                    = 0
                then sum(cast(credit_{{ model }} * conversion_gross_margin as decimal(28, 10)))
            end as gross_margin
        from {{ relation }}
        group by {{ columns }} {{ "union all" if not loop.last }}
    {%- endfor %}
{%- endmacro %}
