with
    touches as (
        select * from {{ ref("int_touchpoints_classified") }} where visitor_key is not null
    ),

    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    entries as (
        select *
        from {{ ref("int_stage_entries_completed") }}
        where not is_reentry and stage in ('lead', 'sql', 'opportunity')
    ),

    settings as (select * from {{ ref("stg_settings__run") }}),

    -- All that conversions and the touches on their paths are made of.
    facts as (
        select
            visitor_key,
            {{ fingerprint(["visitor_key", "touch_key", "channel", "touched_at"]) }} as fact
        from touches
        union all
        select
            {{ surrogate_key("person_id") }},
            {{
                fingerprint(
                    [
                        "conversion_id",
                        "person_id",
                        "revenue_home",
                        "gross_margin_home",
                        "converted_at",
                    ]
                )
            }}
        from revenue
        union all
        select
            {{ surrogate_key("person_id") }},
            {{ fingerprint(["person_id", "stage", "is_implied", "entered_at"]) }}
        from entries
    ),

    buckets as (
        select {{ visitor_bucket("visitor_key") }} as bucket, bit_xor(fact) as facts
        from facts
        group by 1
    )

select
    buckets.bucket,
    {{
        fingerprint(
            [
                "buckets.bucket",
                "buckets.facts",
                "settings.time_zone",
                "settings.lookback_days",
            ]
        )
    }} as fingerprint
from buckets
cross join settings
