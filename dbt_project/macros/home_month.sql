{# The first day of the home-zone month of a naive UTC time, as a date. #}
{% macro home_month(utc_time) -%}
    cast(date_trunc('month', {{ home_date(utc_time) }}) as date)
{%- endmacro %}
