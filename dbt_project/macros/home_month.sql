{#
    The first day of the home-zone month of a naive UTC time, as a date. No zone is a day away from UTC, so the zone, which
    is slow to ask, is asked only at the turn of a month.
#}
{% macro home_month(utc_time, time_zone=none) -%}
    cast(
        case
            when extract(day from {{ utc_time }}) between 2 and 27
            then date_trunc('month', {{ utc_time }})
            else date_trunc('month', {{ home_date(utc_time, time_zone) }})
        end as date
    )
{%- endmacro %}
