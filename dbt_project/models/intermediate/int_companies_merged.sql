with
    companies as (select * from {{ ref("int_companies_unioned") }}),

    identified as (select * from {{ ref("int_companies_identified") }}),

    ranked as (
        select
            companies.*,
            identified.company_id,
            row_number() over (
                partition by identified.company_id
                order by companies.created_at, companies.source, companies.source_company_id
            ) as position
        from companies
        inner join
            identified
            on companies.source = identified.source
            and companies.source_company_id = identified.source_company_id
    )

-- Each field from the earliest record that has it.
select
    company_id,
    arg_min(source, position) as source,
    arg_min(name, position) as name,
    arg_min(domain, position) as domain,
    arg_min(industry, position) as industry,
    arg_min(country, position) as country,
    min(created_at) as created_at
from ranked
group by company_id
