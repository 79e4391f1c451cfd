-- Incremental: only buckets of visitors that are not what they were (forget_changed).
with
    buckets as (
        select *
        from {{ ref("int_visitor_buckets_fingerprinted") }}
        {% if is_incremental() %}
            where fingerprint not in (select bucket_fingerprint from {{ this }})
        {% endif %}
    ),

    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    sql_entries as (
        select *
        from {{ ref("int_stage_entries_completed") }}
        where not is_reentry and stage = 'sql'
    ),

    -- Milestones are what the CRM recorded: an implied entry tells of no touch.
    recorded_entries as (
        select *
        from {{ ref("int_stage_entries_completed") }}
        where not is_reentry and not is_implied and stage in ('lead', 'opportunity')
    ),

    settings as (select * from {{ ref("stg_settings__run") }}),

    -- Becoming an SQL brings no money.
    conversions as (
        select
            'won_revenue' as conversion_type,
            conversion_id,
            person_id,
            {{ surrogate_key("person_id") }} as visitor_key,
            revenue_home,
            gross_margin_home,
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
        from sql_entries
    ),

    milestones as (
        select
            {{ surrogate_key("person_id") }} as visitor_key,
            min(case when stage = 'lead' then entered_at end) as lead_at,
            min(case when stage = 'opportunity' then entered_at end) as opportunity_at
        from recorded_entries
        where {{ visitor_bucket(surrogate_key("person_id")) }} in (select bucket from buckets)
        group by 1
    )

-- Money is rounded here, once: everything credited is a share of these cents.
select
    conversions.* exclude (revenue_home, gross_margin_home),
    cast(round(conversions.revenue_home, 2) as decimal(18, 2)) as conversion_revenue,
    cast(round(conversions.gross_margin_home, 2) as decimal(18, 2)) as conversion_gross_margin,
    {{ home_month("conversions.converted_at", "settings.time_zone") }} as month,
    conversions.converted_at - settings.lookback_days * interval '1' day as path_opens_at,
    case when milestones.lead_at < conversions.converted_at then milestones.lead_at end as lead_at,
    case
        when milestones.opportunity_at < conversions.converted_at then milestones.opportunity_at
    end as opportunity_at,
    buckets.fingerprint as bucket_fingerprint,
    {{ fingerprint(["buckets.fingerprint", "conversion_type", "conversion_id"]) }} as fingerprint
from conversions
inner join buckets on {{ visitor_bucket("conversions.visitor_key") }} = buckets.bucket
cross join settings
left join milestones on conversions.visitor_key = milestones.visitor_key
