with
    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    entries as (select * from {{ ref("int_stage_entries_completed") }} where not is_reentry),

    visitors as (select * from {{ ref("int_visitors_summarised") }}),

    settings as (select * from {{ ref("stg_settings__run") }}),

    -- Money is rounded here, once: everything credited is a share of these cents. Becoming an SQL
    -- brings none.
    conversions as (
        select
            'won_revenue' as conversion_type,
            conversion_id,
            person_id,
            {{ surrogate_key("person_id") }} as visitor_key,
            cast(round(revenue_home, 2) as decimal(18, 2)) as conversion_revenue,
            cast(round(gross_margin_home, 2) as decimal(18, 2)) as conversion_gross_margin,
            converted_at
        from revenue
        union all
        select
            'became_sql',
            person_id,
            person_id,
            {{ surrogate_key("person_id") }},
            null,
            null,
            entered_at
        from entries
        where stage = 'sql'
    ),

    dated as (
        select
            conversions.*,
            {{ home_month("conversions.converted_at", "settings.time_zone") }} as month,
            conversions.converted_at - settings.lookback_days * interval '1' day as path_opens_at,
            case
                when visitors.lead_at < conversions.converted_at then visitors.lead_at
            end as lead_at,
            case
                when visitors.opportunity_at < conversions.converted_at then visitors.opportunity_at
            end as opportunity_at,
            visitors.touches
        from conversions
        cross join settings
        left join visitors on conversions.visitor_key = visitors.visitor_key
    )

-- The fingerprint is that of everything the assignment of touches looks at; what a conversion
-- brought is not.
select
    * exclude (touches),
    {{
        fingerprint(
            [
                "conversion_type",
                "conversion_id",
                "visitor_key",
                "converted_at",
                "path_opens_at",
                "lead_at",
                "opportunity_at",
                "touches",
                "'" ~ version_of("int_touches_assigned") ~ "'",
            ]
        )
    }} as fingerprint
from dated
