with
    unread as (select * from {{ source("files", "_quarantine") }}),

    refused as (
        {% set inputs_read = files_inputs_read() %}
        {% for input in var("files_inputs") %}
            {% set rows_of_input = ref("base_files__" ~ input) %}
            {% if input in inputs_read %}
                select raw_table, is_sql, path, line, row_key, reason, loaded_at
                from {{ rows_of_input }}
                where reason is not null
                union all
            {% endif %}
        {% endfor %}
        select
            cast(null as varchar) as raw_table,
            cast(null as boolean) as is_sql,
            cast(null as varchar) as path,
            cast(null as bigint) as line,
            cast(null as varchar) as row_key,
            cast(null as varchar) as reason,
            cast(null as timestamp) as loaded_at
        where false
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
