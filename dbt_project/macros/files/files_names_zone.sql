{# Whether the text of a time ends in its zone (Z, +02:00), a cast to TIMESTAMP would pass over it in silence. #}
{% macro files_names_zone(text) -%}
    regexp_matches({{ text }}, ':\d{2}.*(Z|z|UTC|[-+]\d{2}(:?\d{2})?)$')
{%- endmacro %}
