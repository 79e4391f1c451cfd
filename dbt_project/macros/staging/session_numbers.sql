{#
    The events with the number of the session of their cookie that they belong to. Half an hour without an event ends a
    session; midnight and new campaigns do not.
#}
{% macro session_numbers(events) -%}
    select
        marked.*,
        sum(cast(is_first_of_session as integer)) over (
            partition by cookie_id order by occurred_at
        ) as session_number
    from
        (
            select
                {{ events }}.*,
                coalesce(
                    occurred_at - lag(occurred_at) over cookie_in_time > interval '30 minutes', true
                ) as is_first_of_session
            from {{ events }}
            window cookie_in_time as (partition by cookie_id order by occurred_at)
        ) as marked
{%- endmacro %}
