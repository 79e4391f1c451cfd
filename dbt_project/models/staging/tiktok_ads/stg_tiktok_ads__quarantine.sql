with refused as (select * from {{ source("tiktok_ads", "_quarantine") }})

select 'tiktok_ads' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
