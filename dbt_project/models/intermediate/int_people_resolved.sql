select
    cast(null as varchar) as person_id,
    cast(null as varchar) as source,
    cast(null as varchar) as email,
    cast(null as varchar) as first_name,
    cast(null as varchar) as last_name,
    cast(null as varchar) as phone,
    cast(null as varchar) as country,
    cast(null as varchar) as company_id,
    cast(null as varchar) as owner_id,
    cast(null as varchar) as channel_detail,
    cast(null as varchar) as sales_status,
    cast(null as timestamp) as created_at
where false
