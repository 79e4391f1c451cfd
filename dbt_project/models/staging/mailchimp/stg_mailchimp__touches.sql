select
    cast(null as varchar) as source,
    cast(null as varchar) as source_touch_id,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as email,
    cast(null as varchar) as cookie_id,
    cast(null as varchar) as touch_type,
    cast(null as varchar) as utm_source,
    cast(null as varchar) as utm_medium,
    cast(null as varchar) as utm_campaign,
    cast(null as varchar) as utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as channel_detail,
    cast(null as timestamp) as touched_at
where false
