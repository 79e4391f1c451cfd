with refused as (select * from {{ source("ga4", "_quarantine") }})

select
    'ga4' as source,

    table_name,
    -- The key of an event holds the visitor's cookie and login.
    case
        when table_name = 'events' then {{ keyed_hash("record_key") }} else record_key
    end as record_key,
    reason,

    {{ utc("loaded_at") }} as loaded_at
from refused
