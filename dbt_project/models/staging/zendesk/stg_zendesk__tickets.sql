with
    tickets as (
        {{
            latest_per_key(
                source("zendesk", "tickets"),
                ["id"],
                ["generated_timestamp desc nulls last", "_loaded_at desc"],
            )
        }}
    ),

    users as (
        {{
            latest_per_key(
                source("zendesk", "users"),
                ["id"],
                ["updated_at desc nulls last", "_loaded_at desc"],
            )
        }}
    )

select
    'zendesk' as source,
    tickets.id as source_ticket_id,
    -- Who asks support is no lead: requesters are known by their address alone.
    cast(null as varchar) as source_person_id,

    {{ normalise_email("users.email") }} as email,
    {{ blank_to_null("tickets.subject") }} as subject,
    tickets.status,
    lower({{ blank_to_null("tickets.priority") }}) as priority,

    -- A ticket that was merged away goes on in another one.
    coalesce(
        tickets.status = 'deleted' or tickets.tags like '%"closed_by_merge"%', false
    ) as is_deleted,

    {{ utc("tickets.created_at") }} as opened_at,
    -- A solved ticket closes by itself days later; a reopened one is open again.
    case
        when tickets.status in ('solved', 'closed')
        then {{ utc("coalesce(tickets.solved_at, tickets.updated_at)") }}
    end as closed_at
from tickets
left join users on tickets.requester_id = users.id
