select
    cast(null as varchar) as source,
    cast(null as varchar) as source_engagement_id,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as owner_source_id,
    cast(null as varchar) as kind,
    cast(null as varchar) as direction,
    cast(null as boolean) as is_deleted,
    cast(null as timestamp) as occurred_at
where false
