with
    records as (select * from {{ ref("int_person_records_keyed") }}),

    companies as (select * from {{ ref("int_companies_identified") }}),

    owners as (select * from {{ ref("int_owners_hashed") }}),

    ranked as (
        select
            records.*,
            companies.company_id,
            coalesce(
                owners.owner_id,
                {{ keyed_hash("records.source || ':' || records.owner_source_id") }}
            ) as owner_id,
            row_number() over earliest_first as age,
            row_number() over latest_first as recency
        from records
        left join
            companies
            on records.source = companies.source
            and records.source_company_id = companies.source_company_id
        left join
            owners
            on records.source = owners.source
            and records.owner_source_id = owners.source_owner_id
        window
            earliest_first as (
                partition by records.person_id
                order by records.created_at nulls last, records.source, records.source_person_id
            ),
            latest_first as (
                partition by records.person_id
                order by
                    records.updated_at desc nulls last, records.source, records.source_person_id
            )
    )

-- Where a person came from is told by their earliest record that knows; everything else by the
-- latest.
select
    person_id,
    arg_min(source, age) as source,
    arg_min(email, age) as email,
    arg_min(first_name, recency) as first_name,
    arg_min(last_name, recency) as last_name,
    arg_min(phone, recency) as phone,
    arg_min(country, recency) as country,
    arg_min(company_id, recency) as company_id,
    arg_min(owner_id, recency) as owner_id,
    arg_min(channel_detail, age) as channel_detail,
    arg_min(sales_status, recency) as sales_status,
    min(created_at) as created_at
from ranked
group by person_id
