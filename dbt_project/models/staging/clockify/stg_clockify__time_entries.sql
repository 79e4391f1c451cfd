with
    time_entries as (
        {{
            latest_per_key(
                source("clockify", "time_entries"), ["workspace_id", "id"], ["_loaded_at desc"]
            )
        }}
    ),

    users as (
        {{
            latest_per_key(
                source("clockify", "users"), ["workspace_id", "id"], ["_loaded_at desc"]
            )
        }}
    ),

    projects as (
        {{
            latest_per_key(
                source("clockify", "projects"), ["workspace_id", "id"], ["_loaded_at desc"]
            )
        }}
    ),

    tasks as (
        {{
            latest_per_key(
                source("clockify", "tasks"), ["workspace_id", "id"], ["_loaded_at desc"]
            )
        }}
    )

select
    'clockify' as source,
    time_entries.id as source_entry_id,

    -- A user who is no longer listed is called by their id.
    coalesce({{ blank_to_null("users.name") }}, time_entries.user_id) as person,
    {{ blank_to_null("projects.name") }} as campaign,
    {{ blank_to_null("tasks.name") }} as activity,

    cast(
        date_diff('second', time_entries.started_at, time_entries.ended_at) / 3600 as decimal(18, 4)
    ) as hours,

    {{ home_date(utc("time_entries.started_at")) }} as worked_on
from time_entries
left join
    users on time_entries.workspace_id = users.workspace_id and time_entries.user_id = users.id
left join
    projects
    on time_entries.workspace_id = projects.workspace_id
    and time_entries.project_id = projects.id
left join
    tasks on time_entries.workspace_id = tasks.workspace_id and time_entries.task_id = tasks.id
-- A running timer has no hours yet.
where time_entries.ended_at is not null
