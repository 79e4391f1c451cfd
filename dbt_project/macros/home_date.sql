{# The day, in the home time zone, of a naive UTC time. Hides the dialect's time-zone functions. #}
{% macro home_date(utc_time, time_zone=none) -%}
    cast(
        timezone(
            {{ time_zone or "(select run.time_zone from " ~ ref("stg_settings__run") ~ " as run)" }},
            timezone('UTC', {{ utc_time }})
        ) as date
    )
{%- endmacro %}
