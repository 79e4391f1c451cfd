select
    cast(null as varchar) as company_id,
    cast(null as varchar) as source,
    cast(null as varchar) as name,
    cast(null as varchar) as domain,
    cast(null as varchar) as industry,
    cast(null as varchar) as country,
    cast(null as timestamp) as created_at
where false
