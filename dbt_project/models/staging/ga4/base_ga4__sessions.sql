-- Incremental: only cookies whose events are new or were loaded again (forget_changed).
with
    cookies as (
        select *
        from {{ ref("base_ga4__cookies") }}
        {% if is_incremental() %}
            where fingerprint not in (select cookie_fingerprint from {{ this }})
        {% endif %}
    ),

    -- Events have no key of their own; these columns together tell them apart. Those without a
    -- cookie belong to nobody's visit (consent was refused).
    events as (
        select distinct
            events.user_pseudo_id as cookie_id,
            events.user_id,
            events.event_name,
            events.event_bundle_sequence_id,
            events.batch_event_index,
            events.batch_page_id,
            events.batch_ordering_id,

            events.page_location,
            nullif(lower(events.source), '(not set)') as utm_source,
            nullif(lower(events.medium), '(not set)') as utm_medium,
            nullif(events.content, '(not set)') as utm_content,
            case
                when events.gclid is not null
                then 'gclid'
                when events.dclid is not null
                then 'dclid'
                else {{ click_id_in("events.page_location") }}
            end as click_id_type,
            -- Google's own tagging leaves it at the click id, whose campaign GA4 knows where it is
            -- linked with Google Ads.
            coalesce(
                nullif(events.campaign, '(not set)'),
                case
                    when click_id_type in ('gclid', 'wbraid', 'gbraid')
                    then nullif(events.google_ads_campaign, '(not set)')
                end
            ) as utm_campaign,

            events.engagement_time_msec,
            events.session_engaged,

            {{ utc("events.event_timestamp") }} as occurred_at
        from {{ source("ga4", "events") }} as events
        inner join cookies on events.user_pseudo_id = cookies.cookie_id
    ),

    numbered as ({{ session_numbers("events") }}),

    sessions as (
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
    )

select sessions.*, cookies.fingerprint as cookie_fingerprint
from sessions
inner join cookies on sessions.cookie_id = cookies.cookie_id
