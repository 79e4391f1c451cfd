{{ config(materialized="table") }}

-- Amplitude's SDKs number the sessions of a device and begin a new one after half an hour
-- without an event. They do not know how long a page was looked at.
with
    numbered as (
        select *, session_id as session_number
        from {{ ref("base_amplitude__events") }}
        where session_id is not null
    )

    {{
        sessions_from_events(
            "amplitude",
            "numbered",
            page_view="event_type like '%Page Viewed'",
            session_id="cookie_id || ' ' || session_number",
        )
    }}
