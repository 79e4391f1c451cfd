with
    contacts as (select * from {{ ref("base_hubspot__contacts") }} where not is_deleted),

    merges as (select * from {{ ref("base_hubspot__merges") }} where object_type = 'contacts'),

    form_submissions as (select * from {{ source("hubspot", "form_submissions") }}),

    links as (
        select
            'form' as rule,
            ga_client_id as cookie_id,
            email,
            id as source_person_id,
            null as linked_id,
            createdate as linked_at
        from contacts
        union all
        -- A merge leaves the other addresses of the contact behind, and the ids of those it took
        -- in.
        select
            'crm_merge', null, unnest(string_split(hs_additional_emails, ';')), id, null, createdate
        from contacts
        union all
        select
            'crm_merge', null, null, contacts.id, 'hubspot:' || merges.loser_id, contacts.createdate
        from merges
        inner join contacts on merges.winner_id = contacts.id
        union all
        select 'form', ga_client_id, email, null, null, submitted_at
        from form_submissions
    )

select distinct
    'hubspot' as source,
    rule,
    {{ blank_to_null("cookie_id") }} as cookie_id,
    source_person_id,
    linked_id,

    {{ normalise_email("email") }} as email,

    {{ utc("linked_at") }} as linked_at
from links
