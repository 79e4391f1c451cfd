with
    unread as (select * from {{ source("files", "_quarantine") }}),

    refused as (
        {% for input in var("files_inputs") %}
            select raw_table, is_sql, path, line, row_key, reason, loaded_at
            from {{ ref("base_files__" ~ input) }}
            where reason is not null {{ "union all" if not loop.last }}
        {% endfor %}
    )

select 'files' as source, table_name, record_key, reason, {{ utc("loaded_at") }} as loaded_at
from unread
union all
select
    'files',

    raw_table,
    -- The keys of an entry's own SQL may be anything, e-mail addresses among them.
    case when is_sql then {{ keyed_hash("row_key") }} else path || ':' || line end,
    reason,

    loaded_at
from refused
