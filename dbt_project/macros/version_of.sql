{# The checksum of a model's code: what was stored by other code has another one. #}
{% macro version_of(model_name) -%}
    {%- if execute -%}
        {{ graph.nodes["model." ~ project_name ~ "." ~ model_name].checksum.checksum }}
    {%- endif -%}
{%- endmacro %}
