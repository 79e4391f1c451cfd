{# A wall-clock time of a zone as a naive UTC time. Hides the dialect's time-zone functions. #}
{% macro utc_from_local(local_time, time_zone) -%}
    timezone('UTC', timezone({{ time_zone }}, {{ local_time }}))
{%- endmacro %}
