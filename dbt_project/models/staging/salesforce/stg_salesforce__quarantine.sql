with refused as (select * from {{ source("salesforce", "_quarantine") }})

select
    'salesforce' as source,

    table_name,
    -- Ids of Salesforce say nothing about the person.
    record_key,
    reason,

    {{ utc("loaded_at") }} as loaded_at
from refused
