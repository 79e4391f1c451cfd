with
    leads as (select * from {{ ref("base_files__leads") }} where reason is null),

    links as (
        select lead_id, row_key, 'form' as rule, cookie_id, email, null as linked_id, created_at
        from leads
        where cookie_id is not null
        union all
        select lead_id, row_key, 'crm_id', null, null, crm_id, created_at
        from leads
        where crm_id is not null
    )

select
    'files' as source,
    rule,
    cookie_id,
    coalesce(lead_id, row_key) as source_person_id,
    linked_id,

    {{ normalise_email("email") }} as email,

    created_at as linked_at
from links
