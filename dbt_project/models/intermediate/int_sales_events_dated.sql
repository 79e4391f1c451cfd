with
    entries as (select * from {{ ref("int_stage_entries_completed") }} where not is_reentry),

    people as (select * from {{ ref("int_people_resolved") }}),

    channels as (select * from {{ ref("int_people_channeled") }}),

    deals as (select * from {{ ref("int_deals_converted") }}),

    revenue as (select * from {{ ref("int_revenue_recognised") }}),

    happened as (
        select
            entries.person_id as subject_id,
            entries.person_id,
            case
                when entries.stage = 'sql'
                then coalesce(people.sales_status, 'undecided')
                else entries.stage
            end as event,
            cast(null as decimal(18, 2)) as amount,
            cast(null as double) as cycle_days,
            entries.entered_at as happened_at
        from entries
        left join people on entries.person_id = people.person_id
        where entries.stage in ('sql', 'opportunity')
        union all
        select deal_id, person_id, 'offer', cast(amount_home as decimal(18, 2)), null, offer_sent_at
        from deals
        union all
        -- The sales cycle is that of won deals. A deal without a closing date counts when it was
        -- opened, as its revenue does.
        select
            deal_id,
            person_id,
            'won',
            cast(amount_home as decimal(18, 2)),
            {{ days_between("opened_at", "closed_at") }},
            coalesce(closed_at, opened_at)
        from deals
        where is_won
        union all
        select
            deal_id,
            person_id,
            'lost',
            cast(amount_home as decimal(18, 2)),
            null,
            coalesce(closed_at, opened_at)
        from deals
        where is_lost
        union all
        select
            conversion_id,
            person_id,
            'order',
            cast(revenue_home as decimal(18, 2)),
            null,
            converted_at
        from revenue
    )

select
    happened.subject_id,
    happened.person_id,
    coalesce(channels.channel, 'Unassigned') as channel,
    happened.event,
    happened.amount,
    happened.cycle_days,
    {{ home_month("happened.happened_at") }} as month
from happened
left join channels on happened.person_id = channels.person_id
where happened.happened_at is not null
