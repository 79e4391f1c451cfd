with
    -- `recipient` and `email` (a sending to one recipient) are numbers that stand for ids.
    events as (
        select
            events.source,
            {{ canonical_name("coalesce(campaign_mapping.campaign, events.campaign_name)") }}
            as campaign,
            {{ fingerprint(["events.source", "events.recipient_id"]) }} as recipient,
            {{ fingerprint(["recipient", "events.source_campaign_id"]) }} as email,
            events.event_type,
            events.is_machine,
            case when events.event_type = 'opened' then recipient end as opened_by,
            case when events.event_type = 'clicked' then recipient end as clicked_by,
            case when events.event_type in ('opened', 'clicked') then recipient end as seen_by,
            {{ home_month("events.occurred_at") }} as month
        from {{ ref("int_email_events_unioned") }} as events
        left join
            {{ ref("stg_settings__campaign_mapping") }} as campaign_mapping
            on events.source = campaign_mapping.source
            and events.campaign_name = campaign_mapping.name
    ),

    bounced as (select distinct email from events where event_type = 'bounced'),

    -- A bounce counts against the month of the sending, however late it came.
    counted as (
        select
            source,
            campaign,
            month,
            count(case when event_type = 'sent' then 1 end) as sent,
            count(case when event_type = 'sent' and bounced.email is null then 1 end) as delivered,
            count(case when event_type = 'unsubscribed' then 1 end) as unsubscribed,
            count(distinct opened_by) as unique_opens,
            count(distinct case when not is_machine then opened_by end) as unique_opens_human,
            count(distinct clicked_by) as unique_clicks,
            count(distinct case when not is_machine then clicked_by end) as unique_clicks_human,
            count(clicked_by) as clicks,
            count(case when not is_machine then clicked_by end) as clicks_human,
            count(distinct seen_by) as unique_seen,
            count(distinct case when not is_machine then seen_by end) as unique_seen_human,
            count(case when is_machine is null then opened_by end) = 0 as knows_human_opens,
            count(case when is_machine is null then clicked_by end) = 0 as knows_human_clicks
        from events
        left join bounced on events.email = bounced.email
        group by source, campaign, month
    ),

    -- What a source never reports is NULL, not 0.
    spoken_of as (
        select
            *,
            sum(sent) over of_source > 0 as tells_sends,
            sum(unique_opens) over of_source > 0 as tells_opens,
            sum(unique_clicks) over of_source > 0 as tells_clicks,
            tells_opens and knows_human_opens as tells_human_opens,
            tells_clicks and knows_human_clicks as tells_human_clicks
        from counted
        window of_source as (partition by source)
    )

select
    source,
    campaign,
    case when tells_sends then sent end as sent,
    case when tells_sends then delivered end as delivered,
    unsubscribed,
    case when tells_opens then unique_opens end as unique_opens,
    case when tells_human_opens then unique_opens_human end as unique_opens_human,
    case when tells_clicks then unique_clicks end as unique_clicks,
    case when tells_human_clicks then unique_clicks_human end as unique_clicks_human,
    case when tells_clicks then clicks end as clicks,
    case when tells_human_clicks then clicks_human end as clicks_human,
    case when tells_opens and tells_clicks then unique_seen end as unique_seen,
    case
        when tells_human_opens and tells_human_clicks then unique_seen_human
    end as unique_seen_human,
    month
from spoken_of
