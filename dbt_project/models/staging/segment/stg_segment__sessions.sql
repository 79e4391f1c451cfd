{{ config(materialized="table") }}

with
    events as (select * from {{ ref("base_segment__events") }}),

    numbered as ({{ session_numbers("events") }})

    -- Segment does not know how long a page was looked at.
    {{ sessions_from_events("segment", "numbered", page_view="event_name = 'page_view'") }}
