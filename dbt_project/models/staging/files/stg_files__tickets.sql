with tickets as (select * from {{ ref("base_files__tickets") }} where reason is null)

select
    'files' as source,
    coalesce(ticket_id, row_key) as source_ticket_id,
    lead_id as source_person_id,

    {{ normalise_email("email") }} as email,
    subject,
    status,
    priority,

    false as is_deleted,

    opened_at,
    closed_at
from tickets
