select
    cast(null as varchar) as ticket_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as source,
    cast(null as varchar) as subject,
    cast(null as varchar) as status,
    cast(null as varchar) as priority,
    cast(null as timestamp) as opened_at,
    cast(null as timestamp) as closed_at
where false
