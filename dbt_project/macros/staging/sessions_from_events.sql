{#
    One session per cookie_id and session_number of the events. Its source and UTM values are those of its first event that
    names a source; among events at the same moment `tie_breaker` decides. A session is engaged if it lasted over ten
    seconds, was over ten seconds in the foreground, had two page views, or the source says so.
#}
{% macro sessions_from_events(
    source_name,
    events,
    page_view,
    tie_breaker="event_id",
    names_source="utm_source is not null or utm_medium is not null or click_id_type is not null",
    session_id="cookie_id || ' ' || started_at",
    engagement_seconds="cast(null as double)",
    is_engaged="false"
) -%}
    select
        '{{ source_name }}' as source,
        {{ session_id }} as session_id,
        cookie_id,
        user_id,

        origin.utm_source as utm_source,
        origin.utm_medium as utm_medium,
        origin.utm_campaign as utm_campaign,
        origin.utm_content as utm_content,
        origin.click_id_type as click_id_type,
        landing_page,

        page_views,
        events,
        engagement_seconds,

        is_engaged
        or page_views >= 2
        or coalesce(engagement_seconds > 10, false)
        or ended_at - started_at > interval '10 seconds' as is_engaged,

        started_at,
        ended_at
    from
        (
            select
                cookie_id,
                session_number,
                min(user_id) as user_id,
                min(
                    case
                        when {{ names_source }}
                        then
                            {
                                'occurred_at':occurred_at,
                                'tie_breaker':{{ tie_breaker }},
                                'utm_source':utm_source,
                                'utm_medium':utm_medium,
                                'utm_campaign':utm_campaign,
                                'utm_content':utm_content,
                                'click_id_type':click_id_type
                            }
                    end
                ) as origin,
                arg_min(page_location, occurred_at) as landing_page,
                count(*) filter (where {{ page_view }}) as page_views,
                count(*) as events,
                {{ engagement_seconds }} as engagement_seconds,
                {{ is_engaged }} as is_engaged,
                min(occurred_at) as started_at,
                max(occurred_at) as ended_at
            from {{ events }}
            group by cookie_id, session_number
        ) as sessions
{%- endmacro %}
