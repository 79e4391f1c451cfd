{# The first day of the home-zone month of a naive UTC time, as a date. #}
{% macro home_month(utc_time, time_zone=none) -%}
    cast(date_trunc('month', {{ home_date(utc_time, time_zone) }}) as date)
{%- endmacro %}
