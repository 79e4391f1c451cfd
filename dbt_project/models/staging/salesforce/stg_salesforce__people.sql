with
    records as (select * from {{ ref("base_salesforce__person_records") }}),

    survivors as (select * from {{ ref("base_salesforce__survivors") }}),

    -- A contact was known since the first of the leads that it was.
    origins as (
        select
            survivors.survivor_id,
            min(records.created_date) as created_date,
            bool_or(records.is_converted) as was_converted
        from records
        inner join survivors on records.id = survivors.record_id
        group by survivors.survivor_id
    )

select
    'salesforce' as source,
    records.id as source_person_id,
    case when records.owner_id like '005%' then records.owner_id end as owner_source_id,
    accounts.survivor_id as source_company_id,

    {{ normalise_email("records.email") }} as email,
    {{ blank_to_null("records.first_name") }} as first_name,
    {{ blank_to_null("records.last_name") }} as last_name,
    {{ blank_to_null("records.phone") }} as phone,
    {{ blank_to_null("records.title") }} as job_title,
    {{ blank_to_null("records.country") }} as country,
    {{ blank_to_null("records.company") }} as company_name,
    cast(null as varchar) as address,
    cast(null as varchar) as postal_code,
    cast(null as varchar) as city,
    cast(null as varchar) as date_of_birth,
    {{ blank_to_null("records.lead_source") }} as channel_detail,
    -- Leads that were converted, or are being worked on, count as accepted.
    case
        when origins.was_converted or lower(records.status) like 'working%'
        then 'accepted'
        when lower(records.status) in ('unqualified', 'disqualified', 'closed - not converted')
        then 'rejected'
    end as sales_status,

    records.is_gone as is_deleted,

    {{ utc("origins.created_date") }} as created_at,
    {{ utc("records.system_modstamp") }} as updated_at
from records
inner join origins on records.id = origins.survivor_id
left join survivors as accounts on records.account_id = accounts.record_id
