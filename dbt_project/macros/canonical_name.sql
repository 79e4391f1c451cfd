{# A campaign's canonical name: lower case, runs of anything but letters and digits become one underscore. #}
{% macro canonical_name(name) -%}
    nullif(trim(regexp_replace(lower({{ name }}), '[^\p{L}\p{N}]+', '_', 'g'), '_'), '')
{%- endmacro %}
