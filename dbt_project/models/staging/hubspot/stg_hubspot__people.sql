with
    contacts as (select * from {{ ref("base_hubspot__contacts") }}),

    merges as (select * from {{ ref("base_hubspot__merges") }} where object_type = 'companies')

select
    'hubspot' as source,
    contacts.id as source_person_id,
    contacts.hubspot_owner_id as owner_source_id,
    coalesce(merges.winner_id, contacts.associatedcompanyid) as source_company_id,

    {{ normalise_email("contacts.email") }} as email,
    {{ blank_to_null("contacts.firstname") }} as first_name,
    {{ blank_to_null("contacts.lastname") }} as last_name,
    {{ blank_to_null("contacts.phone") }} as phone,
    {{ blank_to_null("contacts.jobtitle") }} as job_title,
    {{ blank_to_null("contacts.country") }} as country,
    {{ blank_to_null("contacts.company") }} as company_name,
    cast(null as varchar) as address,
    cast(null as varchar) as postal_code,
    cast(null as varchar) as city,
    cast(null as varchar) as date_of_birth,
    {{ blank_to_null("contacts.hs_analytics_source") }} as channel_detail,
    case
        when contacts.hs_lead_status in ('IN_PROGRESS', 'OPEN_DEAL', 'CONNECTED')
        then 'accepted'
        when contacts.hs_lead_status in ('UNQUALIFIED', 'BAD_TIMING')
        then 'rejected'
    end as sales_status,

    contacts.is_deleted,

    {{ utc("contacts.createdate") }} as created_at,
    {{ utc("contacts.lastmodifieddate") }} as updated_at
from contacts
left join merges on contacts.associatedcompanyid = merges.loser_id
