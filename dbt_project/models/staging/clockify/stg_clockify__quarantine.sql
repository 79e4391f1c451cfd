with refused as (select * from {{ source("clockify", "_quarantine") }})

select 'clockify' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
