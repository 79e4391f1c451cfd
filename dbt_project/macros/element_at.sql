{# The element of a list at a place, counted from 1. Hides the dialect (element_at on Spark, where [] counts from 0). #}
{% macro element_at(list, place) -%} {{ list }} [{{ place }}] {%- endmacro %}
