{{ config(materialized="table") }}

-- Amplitude's SDKs number the sessions of a device, and begin one after half an hour without an
-- event. How long a page was looked at they do not know.
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
