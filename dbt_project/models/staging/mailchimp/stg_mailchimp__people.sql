select
    cast(null as varchar) as source,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as email,
    cast(null as varchar) as first_name,
    cast(null as varchar) as last_name,
    cast(null as varchar) as phone,
    cast(null as varchar) as job_title,
    cast(null as varchar) as country,
    cast(null as varchar) as source_company_id,
    cast(null as varchar) as company_name,
    cast(null as varchar) as owner_source_id,
    cast(null as varchar) as channel_detail,
    cast(null as varchar) as sales_status,
    cast(null as boolean) as is_deleted,
    cast(null as timestamp) as created_at,
    cast(null as timestamp) as updated_at
where false
