with refused as (select * from {{ source("marketo", "_quarantine") }})

select 'marketo' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from refused
