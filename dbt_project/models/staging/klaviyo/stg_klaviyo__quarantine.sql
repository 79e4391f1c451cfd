with refused as (select * from {{ source("klaviyo", "_quarantine") }})

select 'klaviyo' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
