{{ config(materialized="view") }}

with
    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    entries as (
        select *
        from {{ ref("int_stage_entries_completed") }}
        where not is_reentry and not is_implied and stage in ('lead', 'opportunity')
    ),

    -- Milestones are what the CRM recorded: an implied entry tells of no touch.
    known as (
        select
            visitor_key,
            {{ fingerprint(["touch_key", "channel", "campaign", "content", "touched_at"]) }}
            as touch,
            null as lead_at,
            null as opportunity_at
        from touches
        union all
        select
            {{ surrogate_key("person_id") }},
            null,
            case when stage = 'lead' then entered_at end,
            case when stage = 'opportunity' then entered_at end
        from entries
    )

select
    visitor_key,
    bit_xor(touch) as touches,
    min(lead_at) as lead_at,
    min(opportunity_at) as opportunity_at
from known
where visitor_key is not null
group by visitor_key
