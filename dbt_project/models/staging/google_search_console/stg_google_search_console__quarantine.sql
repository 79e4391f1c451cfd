with refused as (select * from {{ source("google_search_console", "_quarantine") }})

select
    'google_search_console' as source,

    table_name,
    record_key,
    reason,

    {{ utc("loaded_at") }} as loaded_at
from refused
