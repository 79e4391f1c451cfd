with
    tickets as ({{ hubspot_records("tickets") }}),

    stages as (
        select * from {{ ref("base_hubspot__pipeline_stages") }} where object_type = 'tickets'
    ),

    contacts as (
        select * from {{ ref("base_hubspot__contact_of_records") }} where from_type = 'tickets'
    )

select
    'hubspot' as source,
    tickets.id as source_ticket_id,
    contacts.contact_id as source_person_id,

    -- HubSpot ties a ticket to a contact.
    cast(null as varchar) as email,
    {{ blank_to_null("tickets.subject") }} as subject,
    coalesce(stages.stage_label, tickets.hs_pipeline_stage) as status,
    lower({{ blank_to_null("tickets.hs_ticket_priority") }}) as priority,

    tickets.is_deleted,

    {{ utc("tickets.createdate") }} as opened_at,
    {{ utc("tickets.closed_date") }} as closed_at
from tickets
left join
    stages
    on tickets.hs_pipeline = stages.pipeline_id
    and tickets.hs_pipeline_stage = stages.stage_id
left join contacts on tickets.id = contacts.from_id
