with
    records as (select * from {{ ref("int_person_records_gathered") }}),

    identities as (select * from {{ ref("int_identities_resolved") }}),

    companies as (select * from {{ ref("int_companies_identified") }}),

    owners as (select * from {{ ref("int_owners_hashed") }}),

    trusted_sources as (select * from {{ ref("stg_settings__trusted_sources") }}),

    ranked as (
        select
            records.*,
            identities.person_id,
            companies.company_id,
            coalesce(
                owners.owner_id,
                {{ keyed_hash("records.source || ':' || records.owner_source_id") }}
            ) as owner_id,
            row_number() over earliest_first as age,
            row_number() over most_trusted_first as trust
        from records
        inner join identities on records.identity = identities.identity
        left join trusted_sources on records.source = trusted_sources.source
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
                partition by identities.person_id
                order by records.created_at nulls last, records.source, records.source_person_id
            ),
            most_trusted_first as (
                partition by identities.person_id
                order by
                    trusted_sources.trust_rank nulls last,
                    records.updated_at desc nulls last,
                    records.source,
                    records.source_person_id
            )
    )

-- Where a person came from is told by their earliest record that knows; everything else by the
-- most trusted source that does, and its latest record.
select
    person_id,
    arg_min(source, age) as source,
    arg_min(email, trust) as email,
    arg_min(first_name, trust) as first_name,
    arg_min(last_name, trust) as last_name,
    arg_min(phone, trust) as phone,
    arg_min(country, trust) as country,
    arg_min(company_id, trust) as company_id,
    arg_min(address, trust) as address,
    arg_min(postal_code, trust) as postal_code,
    arg_min(city, trust) as city,
    arg_min(date_of_birth, trust) as date_of_birth,
    arg_min(owner_id, trust) as owner_id,
    arg_min(channel_detail, age) as channel_detail,
    arg_min(sales_status, trust) as sales_status,
    min(created_at) as created_at
from ranked
group by person_id
