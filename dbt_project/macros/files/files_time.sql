{#
    The text of a time as a naive UTC time; one that names no zone is of the entry's. NULL where it is no time.
#}
{% macro files_time(text, entry) -%}
    case
        when {{ files_names_zone(text) }}
        then {{ utc("try_cast(" ~ text ~ " as timestamptz)") }}
        else {{ utc_from_local(files_local_time(text, entry), sql_text(entry["time_zone"])) }}
    end
{%- endmacro %}
