with companies as ({{ hubspot_records("companies") }})

select
    'hubspot' as source,
    id as source_company_id,

    {{ blank_to_null("name") }} as name,
    lower({{ blank_to_null("domain") }}) as domain,
    {{ blank_to_null("industry") }} as industry,
    {{ blank_to_null("country") }} as country,

    is_deleted,

    {{ utc("createdate") }} as created_at
from companies
