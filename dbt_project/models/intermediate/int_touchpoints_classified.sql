select
    cast(null as varchar) as touch_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as cookie_id,
    cast(null as varchar) as source,
    cast(null as varchar) as touch_type,
    cast(null as varchar) as channel,
    cast(null as varchar) as campaign,
    cast(null as varchar) as content,
    cast(null as timestamp) as touched_at
where false
