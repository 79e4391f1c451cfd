with
    tickets as (select * from {{ ref("int_tickets_unioned") }} where not is_deleted),

    identities as (
        select * from {{ ref("int_identities_resolved") }} where identity_type = 'source_id'
    )

select
    tickets.source || ':' || tickets.source_ticket_id as ticket_id,
    identities.person_id,
    tickets.source,
    tickets.subject,
    tickets.status,
    tickets.priority,
    tickets.opened_at,
    -- What closed after the as-of was open at it.
    case when tickets.closed_at <= {{ as_of() }} then tickets.closed_at end as closed_at
from tickets
left join
    identities on tickets.source || ':' || tickets.source_person_id = identities.identity_value
