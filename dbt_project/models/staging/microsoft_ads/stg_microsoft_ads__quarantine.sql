with refused as (select * from {{ source("microsoft_ads", "_quarantine") }})

select
    'microsoft_ads' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
