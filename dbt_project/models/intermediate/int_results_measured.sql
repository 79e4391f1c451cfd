with
    spend as (select * from {{ ref("int_spend_converted") }}),

    time_entries as (select * from {{ ref("int_time_entries_costed") }}),

    initiatives as (select * from {{ ref("int_initiatives_gathered") }}),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    entries as (select * from {{ ref("int_stage_entries_completed") }} where not is_reentry),

    -- A deal without an opening date belongs to no month; one without an amount adds nothing
    -- yet.
    open_deals as (
        select *
        from {{ ref("int_deals_converted") }}
        where is_open and opened_at is not null and amount is not null
    ),

    people as (select * from {{ ref("int_people_channeled") }}),

    -- Everything that is counted or paid, as one amount of one measure. Hours belong to the channel
    -- of their campaign where it has only one; stages and open deals to the channel and campaign of
    -- the person's first touch.
    measured as (
        select spend_on as happened_on, channel, campaign, cost_kind as measure, cost_home as amount
        from spend
        {% for counted in ["impressions", "clicks"] -%}
            union all
            select spend_on, channel, campaign, '{{ counted }}', {{ counted }}
            from spend
            where {{ counted }} is not null
        {% endfor %}
        union all
        select
            time_entries.worked_on,
            initiatives.only_channel,
            time_entries.campaign,
            'labour',
            time_entries.labour_cost_home
        from time_entries
        left join initiatives on time_entries.campaign = initiatives.campaign
        union all
        select {{ home_date("touched_at") }}, channel, campaign, 'touches', 1
        from touches
        union all
        select {{ home_date("touched_at") }}, channel, campaign, 'sessions', 1
        from touches
        where touch_type = 'session'
        union all
        select
            {{ home_date("entries.entered_at") }}, people.channel, people.campaign, entries.stage, 1
        from entries
        left join people on entries.person_id = people.person_id
        {% for measure, weight in [
                ("pipeline", 1),
                ("weighted_pipeline", "open_deals.stage_probability"),
            ] -%}
            union all
            select
                {{ home_date("open_deals.opened_at") }},
                people.channel,
                people.campaign,
                '{{ measure }}',
                cast(open_deals.amount_home * {{ weight }} as decimal(18, 2))
            from open_deals
            left join people on open_deals.person_id = people.person_id
        {% endfor %}
    )

select
    happened_on,
    coalesce(channel, 'Unassigned') as channel,
    campaign,
    measure,
    -- An amount of which a part is not known (money without a rate) is not known.
    {{ sum_known("cast(amount as decimal(38, 12))") }} as amount
from measured
group by happened_on, coalesce(channel, 'Unassigned'), campaign, measure
