select
    cast(null as varchar) as source,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as source_stage,
    cast(null as varchar) as stage,
    cast(null as timestamp) as entered_at
where false
