with refused as (select * from {{ source("hubspot", "_quarantine") }})

select
    'hubspot' as source,

    table_name,
    -- The key of a form submission holds an e-mail address.
    case
        when table_name = 'form_submissions' then {{ keyed_hash("record_key") }} else record_key
    end as record_key,
    reason,

    {{ utc("loaded_at") }} as loaded_at
from refused
