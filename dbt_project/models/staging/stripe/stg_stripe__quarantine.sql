with refused as (select * from {{ source("stripe", "_quarantine") }})

select 'stripe' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
