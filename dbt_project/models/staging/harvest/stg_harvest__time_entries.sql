-- An entry that was moved to another day may still be on its old day, if that is no longer read.
with
    time_entries as (
        {{
            latest_per_key(
                source("harvest", "time_entries"),
                ["id"],
                ["updated_at desc nulls last", "_loaded_at desc"],
            )
        }}
    )

select
    'harvest' as source,
    id as source_entry_id,

    {{ blank_to_null("user_name") }} as person,
    {{ blank_to_null("project_name") }} as campaign,
    {{ blank_to_null("task_name") }} as activity,

    cast(hours as decimal(18, 4)) as hours,

    spent_date as worked_on
from time_entries
