{{ config(materialized="view") }}

with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    assigned as (select * from {{ ref("int_touches_assigned") }}),

    effects as (select * from {{ ref("int_removal_effects_solved") }}),

    path_effects as (select * from {{ ref("int_path_effects_summed") }}),

    -- Milestones of w_shaped: the first touch, and the ones that made the lead and the opportunity.
    -- full_path has the last touch as well. One touch may have made several.
    placed as (
        select
            assigned.*,
            1
            + cast(lead_step is not null as integer)
            + cast(opportunity_step is not null as integer) as path_milestones,
            cast(step = 1 as integer)
            + cast(step = coalesce(lead_step, 0) as integer)
            + cast(step = coalesce(opportunity_step, 0) as integer) as milestones,
            1
            + cast(coalesce(lead_step, 1) > 1 as integer)
            + cast(
                coalesce(opportunity_step, 1) not in (1, coalesce(lead_step, 1)) as integer
            ) as milestone_touches,
            cast(step = steps as integer) as closes,
            cast(
                steps not in (1, coalesce(lead_step, 1), coalesce(opportunity_step, 1)) as integer
            ) as is_closed_apart
        from assigned
    )

select
    conversions.* exclude (path_opens_at, lead_at, opportunity_at, bucket_fingerprint),
    placed.touch_key,
    placed.touched_at,
    placed.step,
    placed.steps,
    -- Every channel on a path has an effect.
    coalesce(effects.channel, 'Unassigned') as channel,
    cast(step = 1 as double) as credit_first,
    cast(step = steps as double) as credit_last,
    cast(step = last_non_direct_step as double) as credit_last_non_direct,
    1 / steps as credit_linear,
    case
        when steps <= 2 then 1 / steps when step in (1, steps) then 0.4 else 0.2 / (steps - 2)
    end as credit_position,
    {{ milestone_credit(0.3, "milestones", "path_milestones", "steps - milestone_touches") }}
    as credit_w_shaped,
    {{
        milestone_credit(
            0.225,
            "milestones + closes",
            "path_milestones + 1",
            "steps - milestone_touches - is_closed_apart",
        )
    }} as credit_full_path,
    decay_share as credit_time_decay,
    case
        when path_effects.removal_effects > 0
        then effects.removal_effect / path_effects.removal_effects / channel_steps
        else 1 / steps
    end as credit_markov,
    1 / (path_channels * channel_steps) as credit_shapley
from placed
inner join conversions on placed.fingerprint = conversions.fingerprint
left join
    effects
    on conversions.conversion_type = effects.conversion_type
    and placed.channel_key = {{ surrogate_key("effects.channel") }}
left join path_effects on placed.channel_set = path_effects.channel_set
