with refused as (select * from {{ source("linkedin_ads", "_quarantine") }})

select 'linkedin_ads' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
