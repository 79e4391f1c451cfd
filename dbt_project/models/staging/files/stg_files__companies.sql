with
    leads as (
        select company_id, company_name, created_at
        from {{ ref("base_files__leads") }}
        where reason is null
    ),

    deals as (
        select
            company_id,
            cast(null as varchar) as company_name,
            coalesce(opened_at, closed_at) as created_at
        from {{ ref("base_files__deals") }}
        where reason is null
    ),

    -- There is no input for companies: they are known from the leads and deals that name them.
    named as (
        from leads
        union all
        from deals
    )

select
    'files' as source,
    company_id as source_company_id,

    company_name as name,
    cast(null as varchar) as domain,
    cast(null as varchar) as industry,
    cast(null as varchar) as country,

    false as is_deleted,

    created_at
from named
where company_id is not null
qualify
    row_number() over (
        partition by company_id order by company_name is null, created_at, company_name
    )
    = 1
