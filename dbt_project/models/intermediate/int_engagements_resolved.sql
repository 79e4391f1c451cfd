select
    cast(null as varchar) as engagement_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as source,
    cast(null as varchar) as kind,
    cast(null as varchar) as direction,
    cast(null as timestamp) as occurred_at
where false
