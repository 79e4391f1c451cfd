with leads as ({{ salesforce_records("lead") }}), contacts as ({{ salesforce_records("contact") }})

select
    id,
    account_id,
    owner_id,
    email,
    first_name,
    last_name,
    phone,
    title,
    mailing_country as country,
    null as company,
    lead_source,
    null as status,
    false as is_converted,
    is_gone,
    created_date,
    system_modstamp
from contacts
union all
select
    id,
    null,
    owner_id,
    email,
    first_name,
    last_name,
    phone,
    title,
    country,
    company,
    lead_source,
    status,
    is_converted,
    is_gone,
    created_date,
    system_modstamp
from leads
