with
    entries as (select * from {{ ref("funnel_stages") }} where not is_reentry),

    stages as (select * from {{ ref("funnel_stages_ordered") }}),

    -- A person belongs to the cohort of their first entry, recorded or implied. Having ever reached
    -- the next stage counts, whenever and however it is known; the time to it only where both
    -- entries were recorded.
    steps as (
        select
            {{ home_month("entries.entered_at") }} as cohort_month,
            entries.channel,
            entries.stage,
            stages.next_stage,
            following.person_id is not null as has_reached_next,
            case
                when not entries.is_implied and not following.is_implied
                then {{ days_between("entries.entered_at", "following.entered_at") }}
            end as days_to_next
        from entries
        inner join stages on entries.stage = stages.stage
        left join
            entries as following
            on entries.person_id = following.person_id
            and stages.next_stage = following.stage
    ),

    -- Nine in ten of those who went on had done so by then, over all channels.
    maturities as (
        select stage, percentile_cont(0.9) within group (order by days_to_next) as days_to_maturity
        from steps
        group by stage
    ),

    cohorts as (
        select
            cohort_month,
            channel,
            stage,
            next_stage,
            count(*) as people,
            case
                when next_stage is not null then count(case when has_reached_next then 1 end)
            end as reached_next,
            median(days_to_next) as median_days_to_next
        from steps
        group by cohort_month, channel, stage, next_stage
    )

select
    cohorts.cohort_month,
    cohorts.channel,
    cohorts.stage,
    cohorts.next_stage,
    cohorts.people,
    cohorts.reached_next,
    {{ ratio("cohorts.reached_next", "cohorts.people") }} as conversion_rate,
    cohorts.median_days_to_next,
    maturities.days_to_maturity,
    -- The age of a cohort is that of its youngest possible member.
    date_diff('day', last_day(cohorts.cohort_month), {{ as_of_date() }})
    >= maturities.days_to_maturity as is_mature
from cohorts
inner join maturities on cohorts.stage = maturities.stage
