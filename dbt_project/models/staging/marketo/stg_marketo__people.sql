with
    leads as (
        {{
            latest_per_key(
                source("marketo", "leads"),
                ["id"],
                ["updated_at desc nulls last", "_loaded_at desc"],
            )
        }}
    ),

    deleted as (
        select distinct lead_id
        from {{ source("marketo", "activities") }}
        where activity_type_id = 37
    ),

    merges as (select * from {{ ref("base_marketo__merges") }})

select
    'marketo' as source,
    cast(leads.id as varchar) as source_person_id,
    cast(null as varchar) as owner_source_id,
    cast(null as varchar) as source_company_id,

    {{ normalise_email("leads.email") }} as email,
    {{ blank_to_null("leads.first_name") }} as first_name,
    {{ blank_to_null("leads.last_name") }} as last_name,
    {{ blank_to_null("leads.phone") }} as phone,
    {{ blank_to_null("leads.title") }} as job_title,
    {{ blank_to_null("leads.country") }} as country,
    {{ blank_to_null("leads.company") }} as company_name,
    cast(null as varchar) as address,
    cast(null as varchar) as postal_code,
    cast(null as varchar) as city,
    cast(null as varchar) as date_of_birth,
    {{ blank_to_null("leads.lead_source") }} as channel_detail,
    case
        when lower(leads.lead_status) in ('in progress', 'working', 'open deal', 'connected')
        then 'accepted'
        when lower(leads.lead_status) in ('unqualified', 'disqualified', 'bad timing', 'recycled')
        then 'rejected'
    end as sales_status,

    deleted.lead_id is not null or merges.loser_id is not null as is_deleted,

    {{ utc("leads.created_at") }} as created_at,
    {{ utc("leads.updated_at") }} as updated_at
from leads
left join deleted on leads.id = deleted.lead_id
left join merges on leads.id = merges.loser_id
