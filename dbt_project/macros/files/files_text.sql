{#
    A canonical column of an entry as text, by its origin; without one it is NULL, and so are words for nothing in a
    column that is not text.
#}
{% macro files_text(origin, type) -%}
    {%- if origin and origin["source_column"] -%}
        {%- set column = '"' ~ origin["source_column"] | replace('"', '""') ~ '"' -%}
        {%- set text = blank_to_null("cast(" ~ column ~ " as varchar)") -%}
    {%- else -%} {%- set text = sql_text(origin["constant"] if origin else none) -%}
    {%- endif -%}
    {%- if type == "varchar" -%} {{ text }}
    {%- else -%}
        case when lower({{ text }}) not in ('null', 'nan', 'nat', 'none', 'n/a') then {{ text }} end
    {%- endif -%}
{%- endmacro %}
