with refused as (select * from {{ source("meta_ads", "_quarantine") }})

select 'meta_ads' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
