with
    stages as (select * from {{ ref("funnel_stages_ordered") }}),

    recorded as (
        select
            events.person_id,
            events.stage,
            stages.stage_rank,
            events.source,
            events.lead_definition_version,
            events.entered_at,
            row_number() over (
                partition by events.person_id, events.stage order by events.entered_at
            )
            = 1 as is_first,
            false as is_implied
        from {{ ref("int_stage_events_ordered") }} as events
        inner join stages on events.stage = stages.stage
    ),

    steps as (
        select
            *, lag(stage_rank, 1, 0) over (partition by person_id order by stage_rank) as lower_rank
        from recorded
        where is_first
    ),

    -- Never recorded, but must have been passed: at the time of the next recorded stage.
    implied as (
        select
            steps.person_id,
            stages.stage,
            stages.stage_rank,
            steps.source,
            steps.lead_definition_version,
            steps.entered_at,
            true as is_first,
            true as is_implied
        from steps
        inner join
            stages on stages.stage_rank > steps.lower_rank and stages.stage_rank < steps.stage_rank
    ),

    entries as (
        select *
        from recorded
        union all
        select *
        from implied
    )

-- Coming back to a lower stage is a regression. A higher stage recorded before the first entry of
-- a lower one contradicts the order and is flagged; it stays as recorded, and the late lower one
-- is no regression.
select
    person_id,
    stage,
    stage_rank,
    source,
    lead_definition_version,
    not is_first
    and stage_rank < lag(stage_rank) over (
        partition by person_id order by entered_at, stage_rank
    ) as is_regression,
    not is_first as is_reentry,
    is_implied,
    coalesce(
        not is_implied
        and entered_at < max(case when is_first and not is_implied then entered_at end) over (
            partition by person_id
            order by stage_rank
            range between unbounded preceding and 1 preceding
        ),
        false
    ) as is_out_of_order,
    entered_at
from entries
