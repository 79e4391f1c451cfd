{# Whether the text of a time ends in a zone (Z, +02:00), which a cast to TIMESTAMP would ignore without an error. #}
{% macro files_names_zone(text) -%}
    regexp_matches({{ text }}, ':\d{2}.*(Z|z|UTC|[-+]\d{2}(:?\d{2})?)$')
{%- endmacro %}
