with time_entries as (select * from {{ ref("base_files__time_entries") }} where reason is null)

select
    'files' as source,
    coalesce(entry_id, row_key) as source_entry_id,

    person,
    campaign,
    activity,

    hours,

    worked_on
from time_entries
