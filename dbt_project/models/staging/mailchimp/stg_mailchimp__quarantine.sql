with refused as (select * from {{ source("mailchimp", "_quarantine") }})

select
    'mailchimp' as source,

    table_name,
    -- Ids of members and recipients are digests of their addresses, which anyone can recompute.
    case
        when table_name in ('lists', 'campaigns', 'reports')
        then record_key
        else {{ keyed_hash("record_key") }}
    end as record_key,
    reason,

    {{ utc("loaded_at") }} as loaded_at
from refused
