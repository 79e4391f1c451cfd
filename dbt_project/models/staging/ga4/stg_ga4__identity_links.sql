select
    cast(null as varchar) as source,
    cast(null as varchar) as cookie_id,
    cast(null as varchar) as email,
    cast(null as varchar) as source_person_id,
    cast(null as timestamp) as linked_at
where false
