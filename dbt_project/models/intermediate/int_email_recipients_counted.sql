{{ config(materialized="view") }}

with
    events as (select * from {{ ref("int_email_events_deduplicated") }}),

    bounces as (
        select distinct source, source_campaign_id, recipient_id
        from events
        where event_type = 'bounced'
    )

select
    events.source,
    events.campaign,
    {{ home_month("events.occurred_at") }} as month,
    events.recipient_id,
    count(case when event_type = 'sent' then 1 end) as sends,
    -- A bounce counts against the month of the sending, however late it came.
    count(case when event_type = 'sent' and bounces.recipient_id is null then 1 end) as deliveries,
    count(case when event_type = 'unsubscribed' then 1 end) as unsubscribes,
    count(case when event_type = 'opened' then 1 end) as opens,
    count(case when event_type = 'opened' and not is_machine then 1 end) as human_opens,
    count(case when event_type = 'opened' and is_machine is null then 1 end) as unsure_opens,
    count(case when event_type = 'clicked' then 1 end) as clicks,
    count(case when event_type = 'clicked' and not is_machine then 1 end) as human_clicks,
    count(case when event_type = 'clicked' and is_machine is null then 1 end) as unsure_clicks
from events
left join
    bounces
    on events.source = bounces.source
    and events.source_campaign_id is not distinct from bounces.source_campaign_id
    and events.recipient_id = bounces.recipient_id
group by events.source, events.campaign, month, events.recipient_id
