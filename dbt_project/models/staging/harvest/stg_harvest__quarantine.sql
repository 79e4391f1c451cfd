with refused as (select * from {{ source("harvest", "_quarantine") }})

select 'harvest' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
