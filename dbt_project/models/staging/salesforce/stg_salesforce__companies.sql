with
    accounts as ({{ salesforce_records("account") }}),

    survivors as (select * from {{ ref("base_salesforce__survivors") }})

select
    'salesforce' as source,
    accounts.id as source_company_id,

    {{ blank_to_null("accounts.name") }} as name,
    nullif(
        lower(regexp_extract(accounts.website, '^(?:[a-z]+://)?(?:www\.)?([^/:?#\s]+)', 1)), ''
    ) as domain,
    {{ blank_to_null("accounts.industry") }} as industry,
    {{ blank_to_null("accounts.billing_country") }} as country,

    accounts.is_gone as is_deleted,

    {{ utc("accounts.created_date") }} as created_at
from accounts
-- An account that was merged away is replaced by its master record.
inner join survivors on accounts.id = survivors.survivor_id and accounts.id = survivors.record_id
