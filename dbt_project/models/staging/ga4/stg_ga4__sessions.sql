select
    cast(null as varchar) as source,
    cast(null as varchar) as session_id,
    cast(null as varchar) as cookie_id,
    cast(null as varchar) as user_id,
    cast(null as varchar) as utm_source,
    cast(null as varchar) as utm_medium,
    cast(null as varchar) as utm_campaign,
    cast(null as varchar) as utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as landing_page,
    cast(null as bigint) as page_views,
    cast(null as bigint) as events,
    cast(null as double) as engagement_seconds,
    cast(null as boolean) as is_engaged,
    cast(null as timestamp) as started_at,
    cast(null as timestamp) as ended_at
where false
