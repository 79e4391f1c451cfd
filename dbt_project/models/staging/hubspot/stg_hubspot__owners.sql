select
    cast(null as varchar) as source,
    cast(null as varchar) as source_owner_id,
    cast(null as varchar) as email,
    cast(null as varchar) as full_name,
    cast(null as boolean) as is_deleted
where false
