{#
    What a group of credits amounts to. Summed as decimals: a parallel sum of doubles differs in its last digits from
    run to run. Where the margin of one credited conversion is not known, the margin of the sum is not.
#}
{% macro credited_sums() -%}
    sum(cast(credit as decimal(18, 12))) as conversions,
    sum(cast(credit * conversion_revenue as decimal(28, 10))) as revenue,
    case
        when count(case when credit > 0 and conversion_gross_margin is null then 1 end) = 0
        then sum(cast(credit * conversion_gross_margin as decimal(28, 10)))
    end as gross_margin
{%- endmacro %}
