with
    spend as (select * from {{ ref("int_spend_converted") }}),

    time_entries as (select * from {{ ref("int_time_entries_costed") }}),

    campaigns as (select * from {{ ref("int_campaigns_mapped") }}),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    entries as (select * from {{ ref("int_stage_entries_completed") }} where not is_reentry),

    -- A deal of which nobody said when it was opened belongs to no month.
    open_deals as (
        select * from {{ ref("int_deals_converted") }} where is_open and opened_at is not null
    ),

    people as (select * from {{ ref("int_people_channeled") }}),

    -- Hours are booked on a campaign; they belong to its channel where it has only one.
    campaign_channels as (
        select campaign, min(channel) as channel
        from campaigns
        group by campaign
        having count(distinct channel) = 1
    ),

    touch_days as (
        select
            {{ home_date("touched_at") }} as happened_on,
            channel,
            campaign,
            count(*) as touches,
            count(case when touch_type = 'session' then 1 end) as sessions
        from touches
        group by happened_on, channel, campaign
    ),

    -- Everything that is counted or paid, as one amount of one measure. Stages and open deals
    -- belong to the channel and campaign of the person's first touch.
    measured as (
        select spend_on as happened_on, channel, campaign, cost_kind as measure, cost_home as amount
        from spend
        union all
        select spend_on, channel, campaign, 'impressions', impressions
        from spend
        where impressions is not null
        union all
        select spend_on, channel, campaign, 'clicks', clicks
        from spend
        where clicks is not null
        union all
        select
            time_entries.worked_on,
            campaign_channels.channel,
            time_entries.campaign,
            'labour',
            time_entries.labour_cost_home
        from time_entries
        left join campaign_channels on time_entries.campaign = campaign_channels.campaign
        union all
        select happened_on, channel, campaign, 'touches', touches
        from touch_days
        union all
        select happened_on, channel, campaign, 'sessions', sessions
        from touch_days
        where sessions > 0
        union all
        select
            {{ home_date("entries.entered_at") }}, people.channel, people.campaign, entries.stage, 1
        from entries
        left join people on entries.person_id = people.person_id
        union all
        select
            {{ home_date("open_deals.opened_at") }},
            people.channel,
            people.campaign,
            'pipeline',
            cast(open_deals.amount_home as decimal(18, 2))
        from open_deals
        left join people on open_deals.person_id = people.person_id
    )

select
    happened_on,
    coalesce(channel, 'Unassigned') as channel,
    campaign,
    measure,
    -- An amount of which a part is not known (money without a rate) is not known.
    case when count(*) = count(amount) then sum(cast(amount as decimal(38, 12))) end as amount
from measured
group by happened_on, coalesce(channel, 'Unassigned'), campaign, measure
