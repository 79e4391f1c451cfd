{# A ratio is DOUBLE, and NULL where its denominator is 0: never 0, never an error. #}
{% macro ratio(numerator, denominator) -%}
    cast({{ numerator }} as double) / nullif({{ denominator }}, 0)
{%- endmacro %}
