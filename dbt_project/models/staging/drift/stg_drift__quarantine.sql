select 'drift' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from {{ source("drift", "_quarantine") }}
