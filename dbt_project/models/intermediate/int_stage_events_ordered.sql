with
    recorded as (select * from {{ ref("int_stage_entries_recorded") }}),

    versions as (select * from {{ ref("int_lead_definitions_ranged") }}),

    definitions as (select * from {{ ref("stg_settings__lead_definitions") }}),

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
            coalesce(versioned.stage, definitions.stage) as stage,
            versioned.source,
            versioned.lead_definition_version,
            versioned.entered_at
        from versioned
        left join
            definitions
            on versioned.stage is null
            and versioned.lead_definition_version = definitions.version
            and lower(versioned.source_stage) = lower(definitions.source_stage)
        where coalesce(versioned.stage, definitions.stage) is not null
    ),

    ranked as (
        select defined.*, stages.stage_rank as position
        from defined
        inner join {{ ref("funnel_stages_ordered") }} as stages on defined.stage = stages.stage
    ),

    -- The same stage recorded again without another in between is no new entry.
    compared as (
        select
            ranked.*,
            lag(stage) over (
                partition by person_id order by entered_at, position, source
            ) as previous_stage
        from ranked
    )

select person_id, stage, source, lead_definition_version, entered_at
from compared
where previous_stage is distinct from stage
