select
    cast(null as varchar) as person_id,
    cast(null as varchar) as stage,
    cast(null as varchar) as source,
    cast(null as varchar) as lead_definition_version,
    cast(null as timestamp) as entered_at
where false
