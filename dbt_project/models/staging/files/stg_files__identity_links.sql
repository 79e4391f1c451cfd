with leads as (select * from {{ ref("base_files__leads") }} where reason is null)

select
    'files' as source,
    cookie_id,
    coalesce(lead_id, row_key) as source_person_id,

    {{ normalise_email("email") }} as email,

    created_at as linked_at
from leads
where cookie_id is not null
