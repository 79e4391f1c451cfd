with
    profiles as (
        {{
            latest_per_key(
                source("klaviyo", "profiles"),
                ["id"],
                ["updated desc nulls last", "_loaded_at desc"],
            )
        }}
    ),

    listed as (select distinct id from {{ source("klaviyo", "profile_ids") }})

select
    'klaviyo' as source,
    profiles.id as source_person_id,
    cast(null as varchar) as owner_source_id,
    cast(null as varchar) as source_company_id,

    {{ normalise_email("profiles.email") }} as email,
    {{ blank_to_null("profiles.first_name") }} as first_name,
    {{ blank_to_null("profiles.last_name") }} as last_name,
    {{ blank_to_null("profiles.phone_number") }} as phone,
    {{ blank_to_null("profiles.title") }} as job_title,
    {{ blank_to_null("profiles.country") }} as country,
    {{ blank_to_null("profiles.organization") }} as company_name,
    cast(null as varchar) as address,
    cast(null as varchar) as postal_code,
    cast(null as varchar) as city,
    cast(null as varchar) as date_of_birth,
    cast(null as varchar) as channel_detail,
    cast(null as varchar) as sales_status,

    -- Klaviyo forgets deleted and merged profiles; if the sweep is empty, nobody counts as
    -- deleted.
    listed.id is null and exists (select 1 from listed) as is_deleted,

    {{ utc("profiles.created") }} as created_at,
    {{ utc("profiles.updated") }} as updated_at
from profiles
left join listed on profiles.id = listed.id
