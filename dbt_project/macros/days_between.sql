{# Days from one time to another as a DOUBLE with its fraction; a whole day is 24 hours. Hides the dialect's epoch. #}
{% macro days_between(started_at, ended_at) -%}
    ((epoch({{ ended_at }}) - epoch({{ started_at }})) / 86400)
{%- endmacro %}
