with
    entries as (select * from {{ ref("funnel_stages") }} where not is_reentry),

    people as (select * from {{ ref("int_people_resolved") }}),

    channels as (select * from {{ ref("int_people_channeled") }}),

    deals as (
        select deals.*, coalesce(channels.channel, 'Unassigned') as channel
        from {{ ref("int_deals_converted") }} as deals
        left join channels on deals.person_id = channels.person_id
    ),

    revenue as (
        select revenue.*, coalesce(channels.channel, 'Unassigned') as channel
        from {{ ref("int_revenue_recognised") }} as revenue
        left join channels on revenue.person_id = channels.person_id
    ),

    -- Each is counted in the month in which it happened; the months of one row are not one cohort.
    happened as (
        select
            {{ home_month("entries.entered_at") }} as month,
            entries.channel,
            case
                when entries.stage = 'opportunity'
                then 'opportunity'
                else coalesce(people.sales_status, 'undecided')
            end as event,
            cast(null as decimal(18, 2)) as amount,
            cast(null as double) as cycle_days
        from entries
        left join people on entries.person_id = people.person_id
        where entries.stage in ('sql', 'opportunity')
        union all
        select
            {{ home_month("offer_sent_at") }},
            channel,
            'offer',
            cast(amount_home as decimal(18, 2)),
            null
        from deals
        where offer_sent_at is not null
        union all
        select
            {{ home_month("closed_at") }},
            channel,
            case when is_won then 'won' else 'lost' end,
            cast(amount_home as decimal(18, 2)),
            -- The sales cycle is that of won deals.
            case when is_won then {{ days_between("opened_at", "closed_at") }} end
        from deals
        where (is_won or is_lost) and closed_at is not null
        union all
        select
            {{ home_month("converted_at") }},
            channel,
            'order',
            cast(revenue_home as decimal(18, 2)),
            null
        from revenue
    ),

    summed as (
        select
            month,
            channel,
            {% for event, column in [
                ("accepted", "accepted"),
                ("rejected", "rejected"),
                ("undecided", "undecided"),
                ("opportunity", "opportunities"),
                ("won", "won_deals"),
                ("lost", "lost_deals"),
            ] -%}
                count(case when event = '{{ event }}' then 1 end) as {{ column }},
            {% endfor -%}
            {% for event in ["offer", "order", "won", "lost"] -%}
                cast(
                    coalesce(sum(case when event = '{{ event }}' then amount end), 0) as decimal(
                        18, 2
                    )
                ) as {{ event }}s_amount,
            {% endfor -%}
            median(cycle_days) as median_cycle_days
        from happened
        group by month, channel
    )

select
    month,
    channel,
    accepted + rejected + undecided as sqls,
    accepted,
    rejected,
    undecided,
    opportunities,
    offers_amount,
    orders_amount,
    won_deals,
    lost_deals,
    {{ ratio("won_deals", "won_deals + lost_deals") }} as win_rate,
    {{ ratio("wons_amount", "wons_amount + losts_amount") }} as win_rate_by_amount,
    median_cycle_days
from summed
