with
    members as (
        {{
            latest_per_key(
                source("mailchimp", "members"),
                ["list_id", "id"],
                ["last_changed desc nulls last", "_loaded_at desc"],
            )
        }}
    ),

    listed as (select distinct list_id, id from {{ source("mailchimp", "member_ids") }})

select
    'mailchimp' as source,
    members.list_id || ':' || members.id as source_person_id,
    cast(null as varchar) as owner_source_id,
    cast(null as varchar) as source_company_id,

    {{ normalise_email("members.email_address") }} as email,
    {{ blank_to_null("members.fname") }} as first_name,
    {{ blank_to_null("members.lname") }} as last_name,
    {{ blank_to_null("members.phone") }} as phone,
    cast(null as varchar) as job_title,
    cast(null as varchar) as country,
    cast(null as varchar) as company_name,
    cast(null as varchar) as address,
    cast(null as varchar) as postal_code,
    cast(null as varchar) as city,
    cast(null as varchar) as date_of_birth,
    -- A member's `source` is the means of signing up (a form, an import), not where the person
    -- came from.
    cast(null as varchar) as channel_detail,
    cast(null as varchar) as sales_status,

    -- A cleaned address bounced, but its person is known; an archived one was taken off the list.
    coalesce(members.status = 'archived', false)
    or (listed.id is null and exists (select 1 from listed)) as is_deleted,

    {{ utc("coalesce(members.timestamp_signup, members.timestamp_opt, members.last_changed)") }}
    as created_at,
    {{ utc("members.last_changed") }} as updated_at
from members
left join listed on members.list_id = listed.list_id and members.id = listed.id
