{# The text of a canonical column as its type; NULL where it can't be read as that. #}
{% macro files_typed(text, type, origin, entry) -%}
    {%- set number = files_number(text, origin["decimal_mark"] if origin else ".") -%}
    {%- if type == "varchar" -%} {{ text }}
    {%- elif type == "timestamp" -%} {{ files_time(text, entry) }}
    {%- elif type == "date" -%} {{ files_date(text, entry) }}
    {%- elif type == "boolean" -%} try_cast(regexp_replace({{ text }}, '\.0+$', '') as boolean)
    {%- elif type == "bigint" -%}
        -- A cast would round 3.7 to 4.
        case
            when not regexp_matches({{ number }}, '\.\d*[1-9]')
            then try_cast({{ number }} as bigint)
        end
    {%- else -%} try_cast({{ number }} as {{ type }})
    {%- endif -%}
{%- endmacro %}
