with
    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    entries as (select * from {{ ref("int_stage_entries_completed") }} where not is_reentry),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    settings as (select * from {{ ref("stg_settings__run") }}),

    -- Money is rounded here, once: everything credited is a share of these cents. Becoming an SQL
    -- brings none.
    conversions as (
        select
            'won_revenue' as conversion_type,
            conversion_id,
            person_id,
            cast(revenue_home as decimal(18, 2)) as conversion_revenue,
            cast(gross_margin_home as decimal(18, 2)) as conversion_gross_margin,
            converted_at
        from revenue
        union all
        select 'became_sql', person_id, person_id, null, null, entered_at
        from entries
        where stage = 'sql'
    ),

    -- What the CRM recorded: an implied entry tells of no touch.
    milestones as (
        select
            person_id,
            min(case when stage = 'lead' then entered_at end) as lead_at,
            min(case when stage = 'opportunity' then entered_at end) as opportunity_at
        from entries
        where not is_implied
        group by person_id
    ),

    dated as (
        select
            conversions.*,
            {{ home_month("conversions.converted_at", "settings.time_zone") }} as month,
            conversions.converted_at - settings.lookback_days * interval '1' day as path_opens_at,
            case
                when milestones.lead_at < conversions.converted_at then milestones.lead_at
            end as lead_at,
            case
                when milestones.opportunity_at < conversions.converted_at
                then milestones.opportunity_at
            end as opportunity_at
        from conversions
        cross join settings
        left join milestones on conversions.person_id = milestones.person_id
    ),

    touched as (
        select
            person_id,
            bit_xor(
                {{ fingerprint(["touch_id", "channel", "campaign", "content", "touched_at"]) }}
            ) as touches
        from touches
        where person_id in (select conversions.person_id from conversions)
        group by person_id
    )

-- The fingerprint is that of everything the assignment of touches looks at.
select
    dated.*,
    {{ fingerprint(["dated", "touched.touches", "'" ~ version_of("int_touches_assigned") ~ "'"]) }}
    as fingerprint
from dated
left join touched on dated.person_id = touched.person_id
