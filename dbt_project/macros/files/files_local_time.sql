{# The text of a time as it stands on the wall: in the entry's own format, as ISO 8601, or as day.month.year. #}
{% macro files_local_time(text, entry) -%}
    coalesce(
        {% if entry["date_format"] -%}
            try_strptime({{ text }}, {{ sql_text(entry["date_format"]) }}),
        {%- endif %}
        try_cast({{ text }} as timestamp),
        try_strptime({{ text }}, ['%d.%m.%Y', '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M:%S'])
    )
{%- endmacro %}
