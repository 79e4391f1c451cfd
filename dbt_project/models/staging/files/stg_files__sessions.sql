with sessions as (select * from {{ ref("base_files__sessions") }} where reason is null)

select
    'files' as source,
    coalesce(session_id, row_key) as session_id,
    cookie_id,
    user_id,

    utm_source,
    utm_medium,
    utm_campaign,
    utm_content,
    click_id_type,
    landing_page,

    page_views,
    events,
    engagement_seconds,

    is_engaged,

    started_at,
    coalesce(ended_at, started_at) as ended_at
from sessions
