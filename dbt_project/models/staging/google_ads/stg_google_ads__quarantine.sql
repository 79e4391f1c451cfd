select
    cast(null as varchar) as source,
    cast(null as varchar) as table_name,
    cast(null as varchar) as record_key,
    cast(null as varchar) as reason,
    cast(null as timestamp) as loaded_at
where false
