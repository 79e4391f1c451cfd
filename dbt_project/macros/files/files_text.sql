{#
    A canonical column of an entry as text, from the file's column or the constant that it is mapped to; NULL without
    one. In a column that is not text, words such as null or n/a are NULL too.
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
