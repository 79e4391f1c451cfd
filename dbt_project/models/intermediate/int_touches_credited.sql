{{ config(materialized="view") }}

with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    assigned as (select * from {{ ref("int_paths_assigned") }}),

    effects as (select * from {{ ref("int_removal_effects_solved") }}),

    path_effects as (select * from {{ ref("int_path_effects_summed") }}),

    walked as (
        select
            assigned.*,
            conversions.* exclude (fingerprint, bucket_fingerprint, conversion_type),
            path_effects.removal_effects,
            unnest(generate_series(1, assigned.steps)) as step
        from assigned
        inner join conversions on assigned.fingerprint = conversions.fingerprint
        left join path_effects on assigned.channel_set_key = path_effects.channel_set_key
    ),

    -- full_path has the last touch as a milestone too. One touch may have made several.
    placed as (
        select
            *,
            {{ element_at("touch_keys", "step") }} as touch_key,
            {{ element_at("touched_ats", "step") }} as touched_at,
            coalesce({{ element_at("channels", "step") }}, 'Unassigned') as channel,
            coalesce({{ element_at("channel_steps", "step") }}, 1) as steps_of_channel,
            1
            + cast(lead_step > 0 as integer)
            + cast(opportunity_step > 0 as integer) as milestones,
            w_shaped_touches + cast(
                steps > 1 and steps not in (lead_step, opportunity_step) as integer
            ) as full_path_touches,
            cast(step = 1 as integer)
            + cast(step = lead_step as integer)
            + cast(step = opportunity_step as integer) as made,
            cast(step = steps as integer) as closes
        from walked
    )

select
    fingerprint,
    placed.conversion_type,
    conversion_id,
    person_id,
    visitor_key,
    conversion_revenue,
    conversion_gross_margin,
    converted_at,
    month,
    touch_key,
    touched_at,
    step,
    steps,
    placed.channel,
    cast(step = 1 as double) as credit_first,
    cast(closes as double) as credit_last,
    cast(step = last_non_direct_step as double) as credit_last_non_direct,
    1 / steps as credit_linear,
    case
        when steps <= 2 then 1 / steps when step in (1, steps) then 0.4 else 0.2 / (steps - 2)
    end as credit_position,
    {{ milestone_credit(0.3, "made", "milestones", "steps - w_shaped_touches") }}
    as credit_w_shaped,
    {{ milestone_credit(0.225, "made + closes", "milestones + 1", "steps - full_path_touches") }}
    as credit_full_path,
    coalesce(
        pow(2, -{{ days_between("touched_at", "converted_at") }} / 7) / path_decay, 1
    ) as credit_time_decay,
    coalesce(
        effects.removal_effect / nullif(removal_effects, 0) / steps_of_channel, 1 / steps
    ) as credit_markov,
    1 / (path_channels * steps_of_channel) as credit_shapley
from placed
left join
    effects on placed.conversion_type = effects.conversion_type and placed.channel = effects.channel
