with
    form_submissions as (
        {{
            latest_per_key(
                source("hubspot", "form_submissions"),
                ["form_id", "submitted_at", "email"],
                ["_loaded_at desc"],
            )
        }}
    ),

    meetings as ({{ hubspot_records("meetings") }}),

    contacts as (select * from {{ ref("base_hubspot__contact_of_records") }}),

    -- The address of a form's page has the UTM parameters and click id of the visit, if there
    -- were any.
    forms as (
        select
            concat_ws(
                ':', 'form', form_id, {{ utc("submitted_at") }}, md5(email)
            ) as source_touch_id,
            null as source_person_id,
            ga_client_id,
            email,
            'form' as touch_type,
            page_url,
            submitted_at as touched_at
        from form_submissions
    ),

    -- Meetings that did not take place are no touches. Many that did keep the outcome scheduled.
    held as (
        select
            'meeting:' || meetings.id,
            contacts.contact_id,
            null,
            null,
            'meeting',
            null,
            coalesce(meetings.hs_meeting_start_time, meetings.hs_timestamp)
        from meetings
        inner join contacts on contacts.from_type = 'meetings' and meetings.id = contacts.from_id
        where
            not meetings.is_deleted
            and coalesce(meetings.hs_meeting_outcome, '')
            not in ('CANCELED', 'NO_SHOW', 'RESCHEDULED')
    ),

    touches as (
        select *
        from forms
        union all
        select *
        from held
    )

select
    'hubspot' as source,
    source_touch_id,
    source_person_id,
    {{ blank_to_null("ga_client_id") }} as cookie_id,

    {{ normalise_email("email") }} as email,
    touch_type,
    {{ parameter_in("page_url", "utm_source") }} as utm_source,
    {{ parameter_in("page_url", "utm_medium") }} as utm_medium,
    {{ parameter_in("page_url", "utm_campaign") }} as utm_campaign,
    {{ parameter_in("page_url", "utm_content") }} as utm_content,
    {{ click_id_in("page_url") }} as click_id_type,
    cast(null as varchar) as channel_detail,

    {{ utc("touched_at") }} as touched_at
from touches
