with refused as (select * from {{ ref("int_quarantine_unioned") }})

select source, table_name, record_key, reason, loaded_at
from refused
