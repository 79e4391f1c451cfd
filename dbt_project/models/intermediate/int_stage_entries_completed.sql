with
    recorded as (select * from {{ ref("int_stage_events_ordered") }}),

    stages as (select * from {{ ref("funnel_stages_ordered") }}),

    ranked as (
        select
            recorded.*,
            stages.stage_rank,
            row_number() over (
                partition by recorded.person_id, recorded.stage order by recorded.entered_at
            )
            > 1 as is_reentry,
            lag(stages.stage_rank) over (
                partition by recorded.person_id order by recorded.entered_at, stages.stage_rank
            ) as previous_rank
        from recorded
        inner join stages on recorded.stage = stages.stage
    ),

    -- Coming back to a lower stage is a regression. A higher stage that was recorded before the
    -- first entry of a lower one contradicts the order and is flagged; it is kept as recorded, and
    -- the late lower one is no regression.
    flagged as (
        select
            *,
            is_reentry and stage_rank < previous_rank as is_regression,
            coalesce(
                entered_at < max(case when not is_reentry then entered_at end) over (
                    partition by person_id
                    order by stage_rank
                    range between unbounded preceding and 1 preceding
                ),
                false
            ) as is_out_of_order
        from ranked
    ),

    first_entries as (
        select
            *,
            coalesce(
                lag(stage_rank) over (partition by person_id order by stage_rank), 0
            ) as lower_rank
        from flagged
        where not is_reentry
    ),

    -- A stage that was never recorded but must have been passed, at the time of the next recorded
    -- one.
    implied as (
        select
            first_entries.person_id,
            stages.stage,
            stages.stage_rank,
            first_entries.source,
            first_entries.lead_definition_version,
            first_entries.entered_at
        from first_entries
        inner join
            stages
            on stages.stage_rank > first_entries.lower_rank
            and stages.stage_rank < first_entries.stage_rank
    )

select
    person_id,
    stage,
    stage_rank,
    source,
    lead_definition_version,
    is_regression,
    is_reentry,
    false as is_implied,
    is_out_of_order,
    entered_at
from flagged
union all
select
    person_id,
    stage,
    stage_rank,
    source,
    lead_definition_version,
    false as is_regression,
    false as is_reentry,
    true as is_implied,
    false as is_out_of_order,
    entered_at
from implied
