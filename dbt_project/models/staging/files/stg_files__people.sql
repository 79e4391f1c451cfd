with leads as (select * from {{ ref("base_files__leads") }} where reason is null)

select
    'files' as source,
    coalesce(lead_id, row_key) as source_person_id,
    company_id as source_company_id,
    owner_id as owner_source_id,

    {{ normalise_email("email") }} as email,
    first_name,
    last_name,
    phone,
    job_title,
    country,
    company_name,
    address,
    postal_code,
    city,
    date_of_birth,
    channel_detail,
    lower(sales_status) as sales_status,

    false as is_deleted,

    created_at,
    coalesce(updated_at, created_at) as updated_at
from leads
