with
    tickets as (select * from {{ ref("int_tickets_unioned") }} where not is_deleted),

    identities as (
        select * from {{ ref("int_identities_resolved") }} where identity_type = 'source_id'
    ),

    -- Asking support does not make somebody a lead: the address only finds people who are known
    -- otherwise.
    addresses as (select * from {{ ref("int_identities_resolved") }} where identity_type = 'email')

select
    tickets.source || ':' || tickets.source_ticket_id as ticket_id,
    coalesce(identities.person_id, addresses.person_id) as person_id,
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
left join addresses on tickets.email = addresses.identity_value
