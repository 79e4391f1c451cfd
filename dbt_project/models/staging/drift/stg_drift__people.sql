with
    contacts as ({{ latest_per_key(source("drift", "contacts"), ["id"], ["_loaded_at desc"]) }}),

    listed as (select distinct contact_id from {{ source("drift", "conversations") }})

-- Visitors who chatted without giving an address are not people here.
select
    'drift' as source,
    contacts.id as source_person_id,
    cast(null as varchar) as source_company_id,
    cast(null as varchar) as owner_source_id,

    {{ normalise_email("contacts.email") }} as email,
    {{ blank_to_null("split_part(contacts.name, ' ', 1)") }} as first_name,
    {{ blank_to_null("regexp_replace(contacts.name, '^[^ ]*', '')") }} as last_name,
    {{ blank_to_null("contacts.phone") }} as phone,
    cast(null as varchar) as job_title,
    cast(null as varchar) as country,
    cast(null as varchar) as company_name,
    cast(null as varchar) as address,
    cast(null as varchar) as postal_code,
    cast(null as varchar) as city,
    cast(null as varchar) as date_of_birth,
    cast(null as varchar) as channel_detail,
    cast(null as varchar) as sales_status,

    -- Drift lists no contacts: one is gone when none of their conversations is listed any more.
    listed.contact_id is null and exists (select 1 from listed) as is_deleted,

    {{ utc("contacts.created_at") }} as created_at,
    {{ utc("coalesce(contacts.last_contacted, contacts.created_at)") }} as updated_at
from contacts
left join listed on contacts.id = listed.contact_id
where {{ normalise_email("contacts.email") }} is not null
