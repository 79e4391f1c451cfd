{# The canonical inputs that mops.yaml reads files as; every one while dbt only parses. #}
{% macro files_inputs_read() -%}
    {%- if not execute -%} {{ return(var("files_inputs").keys() | list) }} {%- endif -%}
    {%- set found = run_query("select input from " ~ source("settings", "inputs_read")) -%}
    {{ return(found.columns[0].values() | list) }}
{%- endmacro %}
