{# What files_entry_rows gives where there is no entry: no rows, but all columns. #}
{% macro files_no_rows(columns) -%}
    select
        cast(null as integer) as entry_number,
        cast(null as varchar) as raw_table,
        cast(null as boolean) as is_sql,
        cast(null as varchar) as path,
        cast(null as bigint) as line,
        cast(null as varchar) as row_key,
        cast(null as timestamp) as loaded_at,
        {% for column, type in columns.items() -%}
            cast(null as {{ type }}) as {{ column }},
            {% if type != "varchar" %} cast(null as varchar) as {{ column }}_text, {% endif %}
        {% endfor %}
    where false
{%- endmacro %}
