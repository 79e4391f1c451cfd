with
    leads as (select * from {{ ref("base_files__leads") }} where reason is null),

    entered as (
        select lead_id, row_key, 'mql' as source_stage, mql_at as entered_at
        from leads
        union all
        select lead_id, row_key, 'sql', sql_at
        from leads
    )

select
    'files' as source,
    coalesce(lead_id, row_key) as source_person_id,

    source_stage,
    -- The lead definition in force decides whether the word counts.
    cast(null as varchar) as stage,

    entered_at
from entered
where entered_at is not null
