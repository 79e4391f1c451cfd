with refused as (select * from {{ source("google_ads", "_quarantine") }})

select 'google_ads' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
