{# How alike two texts are, 0 to 1: Jaro and Winkler's measure. #}
{% macro text_similarity(one, other) -%}
    jaro_winkler_similarity({{ one }}, {{ other }})
{%- endmacro %}
