{# A name (of a campaign, a channel) as it is compared: lower case, with one underscore for whatever is no letter or digit. #}
{% macro canonical_name(name) -%}
    nullif(trim(regexp_replace(lower({{ name }}), '[^\p{L}\p{N}]+', '_', 'g'), '_'), '')
{%- endmacro %}
