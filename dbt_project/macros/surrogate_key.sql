{# A number that stands for an id, to join and group by at an eighth of the id's size; NULL stays NULL. #}
{% macro surrogate_key(id) -%}
    case when {{ id }} is not null then {{ fingerprint([id]) }} end
{%- endmacro %}
