{{ config(materialized="table") }}

with
    events as (select * from {{ ref("base_ga4__events") }}),

    numbered as ({{ session_numbers("events") }})

    {{
        sessions_from_events(
            "ga4",
            "numbered",
            page_view="event_name = 'page_view'",
            tie_breaker="coalesce(batch_event_index, 0)",
            names_source="utm_source <> '(direct)' or click_id_type is not null",
            engagement_seconds="coalesce(sum(engagement_time_msec), 0) / 1000.0",
            is_engaged="coalesce(bool_or(session_engaged), false)",
        )
    }}
