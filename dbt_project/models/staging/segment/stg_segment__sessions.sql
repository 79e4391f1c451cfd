{{ config(materialized="table") }}

with
    events as (select * from {{ ref("base_segment__events") }}),

    numbered as ({{ session_numbers("events") }}),

    originated as (
        select
            numbered.*,
            -- The source of a session is that of its first event that names one.
            case
                when utm_source is not null or utm_medium is not null or click_id_type is not null
                then
                    {
                        'occurred_at':occurred_at,
                        'event_id':event_id,
                        'utm_source':utm_source,
                        'utm_medium':utm_medium,
                        'utm_campaign':utm_campaign,
                        'utm_content':utm_content,
                        'click_id_type':click_id_type
                    }
            end as origin
        from numbered
    ),

    sessions as (
        select
            cookie_id,
            min(user_id) as user_id,
            min(origin) as origin,
            arg_min(page_location, occurred_at) as landing_page,
            count(*) filter (where event_name = 'page_view') as page_views,
            count(*) as events,
            min(occurred_at) as started_at,
            max(occurred_at) as ended_at
        from originated
        group by cookie_id, session_number
    )

select
    'segment' as source,
    cookie_id || ' ' || started_at as session_id,
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
    -- Segment does not know how long a page was looked at.
    cast(null as double) as engagement_seconds,

    page_views >= 2 or ended_at - started_at > interval '10 seconds' as is_engaged,

    started_at,
    ended_at
from sessions
