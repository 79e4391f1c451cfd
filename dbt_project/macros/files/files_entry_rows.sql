{#
    The rows of one entry that pass its filter: their place in the files, and each canonical column in its type. A column
    that is not text also comes as `<column>_text`, to tell a value that could not be read from one that was missing.
#}
{% macro files_entry_rows(entry, entry_number, columns) -%}
    select
        {{ entry_number }} as entry_number,
        raw_table,
        is_sql,
        path,
        line,
        row_key,
        loaded_at,
        {% for column, type in columns.items() -%}
            {{ files_typed("texts." ~ column, type, entry["columns"].get(column), entry) }}
            as {{ column }},
            {% if type != "varchar" %} texts.{{ column }} as {{ column }}_text, {% endif %}
        {% endfor %}
    from
        (
            select
                {{ sql_text(entry["raw_table"]) }} as raw_table,
                {{ entry["is_sql"] }} as is_sql,
                path,
                line,
                row_key,
                {{ utc("_loaded_at") }} as loaded_at,
                {% for column, type in columns.items() -%}
                    {{ files_text(entry["columns"].get(column), type) }} as {{ column }},
                {% endfor %}
            from {{ entry["relation"] }}
            where ({{ entry["filter"] or "true" }} {{ "\n" }})
        ) as texts
{%- endmacro %}
