{# A value as a SQL text literal; none is NULL. #}
{% macro sql_text(value) -%}
    {%- if value is none -%} cast(null as varchar)
    {%- else -%} '{{ dbt.escape_single_quotes(value) }}'
    {%- endif -%}
{%- endmacro %}
