with
    contacts as (select * from {{ ref("base_hubspot__contacts") }} where not is_deleted),

    form_submissions as (select * from {{ source("hubspot", "form_submissions") }}),

    links as (
        select ga_client_id as cookie_id, email, id as source_person_id, createdate as linked_at
        from contacts
        union all
        -- A merge leaves the other addresses of the contact behind.
        select null, unnest(string_split(hs_additional_emails, ';')), id, createdate
        from contacts
        union all
        select ga_client_id, email, null, submitted_at
        from form_submissions
    )

select distinct
    'hubspot' as source,
    {{ blank_to_null("cookie_id") }} as cookie_id,
    source_person_id,

    {{ normalise_email("email") }} as email,

    {{ utc("linked_at") }} as linked_at
from links
