{# The text of a day, or of a time, as the date it is in the entry's zone. NULL where it is none. #}
{% macro files_date(text, entry) -%}
    case
        when {{ files_names_zone(text) }}
        then
            cast(
                timezone(
                    {{ sql_text(entry["time_zone"]) }}, try_cast({{ text }} as timestamptz)
                ) as date
            )
        else cast({{ files_local_time(text, entry) }} as date)
    end
{%- endmacro %}
