with
    entries as (select * from {{ ref("int_stage_entries_completed") }}),

    people as (select * from {{ ref("int_people_channeled") }}),

    -- A regression begins a new climb through the stages.
    climbs as (
        select
            *,
            count(case when is_regression then 1 end) over (
                partition by person_id
                order by entered_at, stage_rank
                rows between unbounded preceding and current row
            ) as climb
        from entries
    ),

    -- The first entry of a stage recorded after a higher one of the same climb moves nobody: the
    -- person was past it.
    placed as (
        select
            *,
            not is_reentry
            and stage_rank < coalesce(
                max(stage_rank) over (
                    partition by person_id, climb
                    order by entered_at, stage_rank
                    rows between unbounded preceding and 1 preceding
                ),
                0
            ) as is_already_past
        from climbs
    ),

    -- So each person has exactly one entry without an exit: the stage they are in at the as-of.
    left_at as (
        select
            *,
            case
                when is_already_past
                then entered_at
                else
                    lead(entered_at) over (
                        partition by person_id, is_already_past order by entered_at, stage_rank
                    )
            end as exited_at
        from placed
    )

select
    left_at.person_id,
    left_at.stage,
    coalesce(people.channel, 'Unassigned') as channel,
    people.channel_detail,
    people.campaign,
    left_at.source,
    left_at.lead_definition_version,
    {{ days_between("left_at.entered_at", "left_at.exited_at") }} as days_in_stage,
    left_at.is_regression,
    left_at.is_reentry,
    left_at.is_implied,
    left_at.is_out_of_order,
    left_at.entered_at,
    left_at.exited_at
from left_at
left join people on left_at.person_id = people.person_id
