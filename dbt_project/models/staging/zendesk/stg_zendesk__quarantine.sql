with refused as (select * from {{ source("zendesk", "_quarantine") }})

select
    'zendesk' as source,

    table_name,
    -- Zendesk's ids are numbers that say nothing about the person.
    record_key,
    reason,

    {{ utc("loaded_at") }} as loaded_at
from refused
