{{ config(materialized="table") }}

with
    -- A device that did not get the answer uploads an event again, with the same insert id.
    events as (
        select *
        from {{ source("amplitude", "events") }}
        qualify
            row_number() over (
                partition by device_id, coalesce(insert_id, uuid)
                order by server_upload_time, uuid, uploaded_on
            )
            = 1
    )

-- Events sent by servers have no device and belong to no visit.
select
    uuid as event_id,
    device_id as cookie_id,
    -- -1 says that the event is part of no session.
    nullif(session_id, -1) as session_id,
    user_id,

    event_type,
    {{ normalise_email("coalesce(email, user_id)") }} as email,
    page_url as page_location,
    lower(
        coalesce(utm_source, nullif(regexp_replace(referring_domain, '^www[.]', ''), ''))
    ) as utm_source,
    lower(
        case
            when utm_source is not null or utm_medium is not null
            then utm_medium
            when referring_domain is not null
            then 'referral'
        end
    ) as utm_medium,
    utm_campaign,
    utm_content,
    coalesce({{ click_id_in("page_url") }}, click_id_type) as click_id_type,

    {{ utc("event_time") }} as occurred_at
from events
where device_id is not null and event_time is not null
