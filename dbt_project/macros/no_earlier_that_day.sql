{#
    A time (naive UTC); `other`, if that is later on the same day and the time is only a day, which is staged as its midnight
    at home. A day contradicts no time of its own.
#}
{% macro no_earlier_that_day(time, other, time_zone) -%}
    {%- set day = home_date(time, time_zone) -%}
    case
        when
            {{ time }} < {{ other }}
            and {{ day }} = {{ home_date(other, time_zone) }}
            and {{ time }} = {{ utc_from_local("cast(" ~ day ~ " as timestamp)", time_zone) }}
        then {{ other }}
        else {{ time }}
    end
{%- endmacro %}
