with
    counted as (select * from {{ ref("int_email_events_counted") }}),

    events as (
        select distinct source, source_campaign_id from {{ ref("int_email_events_unioned") }}
    ),

    reports as (
        select
            reports.*,
            {{ home_month("reports.sent_at") }} as month,
            events.source is not null as has_events
        from {{ ref("int_email_reports_mapped") }} as reports
        left join
            events
            on reports.source = events.source
            and reports.source_campaign_id = events.source_campaign_id
    ),

    -- Where there are events, only opens by people are taken from the report: events cannot
    -- tell.
    said_beside_events as (
        select source, campaign, month, {{ sum_known("unique_opens_human") }} as unique_opens_human
        from reports
        where has_events
        group by source, campaign, month
    )

-- A report's totals, which run to the as-of, stand in the month of the sending.
select
    cast(null as varchar) as report_id,
    counted.source,
    counted.campaign,
    counted.month,
    counted.sent,
    counted.delivered,
    counted.unique_opens,
    counted.unique_clicks,
    counted.clicks,
    counted.unique_seen,
    coalesce(
        counted.unique_opens_human, said_beside_events.unique_opens_human
    ) as unique_opens_human,
    counted.unique_clicks_human,
    counted.clicks_human,
    counted.unique_seen_human,
    counted.unsubscribed
from counted
left join
    said_beside_events
    on counted.source = said_beside_events.source
    and counted.campaign = said_beside_events.campaign
    and counted.month = said_beside_events.month
union all
select
    source_campaign_id,
    source,
    campaign,
    month,
    sent,
    delivered,
    unique_opens,
    unique_clicks,
    total_clicks,
    null,
    unique_opens_human,
    null,
    null,
    null,
    unsubscribed
from reports
where not has_events
