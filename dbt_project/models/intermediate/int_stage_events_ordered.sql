with
    recorded as (select * from {{ ref("int_stage_entries_recorded") }}),

    versions as (select * from {{ ref("int_lead_definitions_ranged") }}),

    definitions as (select * from {{ ref("stg_settings__lead_definitions") }}),

    stages as (select * from {{ ref("funnel_stages_ordered") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    versioned as (
        select recorded.*, versions.lead_definition_version
        from recorded
        left join
            versions
            on {{ home_date("recorded.entered_at") }} >= versions.valid_from
            and {{ home_date("recorded.entered_at") }} < versions.valid_until
    ),

    -- The lead definition in force at the time says which stage a source's word means, if any.
    defined as (
        select
            versioned.person_id,
            stages.stage,
            stages.stage_rank as position,
            versioned.source,
            versioned.lead_definition_version,
            versioned.entered_at
        from versioned
        left join
            definitions
            on versioned.stage is null
            and versioned.lead_definition_version = definitions.version
            and lower(versioned.source_stage) = lower(definitions.source_stage)
        inner join stages on coalesce(versioned.stage, definitions.stage) = stages.stage
    ),

    firsts as (
        select *, min(entered_at) over (partition by person_id, stage) as first_at from defined
    ),

    followed as (
        select
            *,
            max(first_at) over (
                partition by person_id
                order by position
                range between unbounded preceding and 1 preceding
            ) as lower_at
        from firsts
    ),

    -- A stage of which only the day is known does not contradict lower ones first entered later on
    -- that day: it is taken to follow them.
    placed as (
        select
            followed.* exclude (entered_at),
            {{ no_earlier_that_day("followed.entered_at", "followed.lower_at", "run.time_zone") }}
            as entered_at
        from followed
        cross join run
    ),

    -- The same stage recorded again without another in between is no new entry.
    compared as (
        select
            *,
            lag(stage) over (
                partition by person_id order by entered_at, position, source
            ) as previous_stage
        from placed
    )

select person_id, stage, source, lead_definition_version, entered_at
from compared
where previous_stage is distinct from stage
