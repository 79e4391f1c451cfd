{# The names of the sources whose records of an entity count; every one while dbt only parses. #}
{% macro counted_sources(entity) -%}
    {%- if not execute -%} {{ return(var("sources").keys() | list) }} {%- endif -%}
    {%- set found = run_query(
        "select source from "
        ~ source("settings", "counted_sources")
        ~ " where entity = '"
        ~ entity
        ~ "'"
    ) -%}
    {{ return(found.columns[0].values() | list) }}
{%- endmacro %}
