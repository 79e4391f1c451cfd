select
    cast(null as varchar) as person_id,
    cast(null as varchar) as source,
    cast(null as varchar) as identity_type,
    cast(null as varchar) as identity_value,
    cast(null as timestamp) as linked_at
where false
