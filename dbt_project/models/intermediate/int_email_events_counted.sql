with
    recipients as (select * from {{ ref("int_email_recipients_counted") }}),

    counted as (
        select
            source,
            campaign,
            month,
            cast(sum(sends) as bigint) as sent,
            cast(sum(deliveries) as bigint) as delivered,
            cast(sum(unsubscribes) as bigint) as unsubscribed,
            cast(sum(clicks) as bigint) as clicks,
            cast(sum(human_clicks) as bigint) as clicks_human,
            count(case when opens > 0 then 1 end) as unique_opens,
            count(case when human_opens > 0 then 1 end) as unique_opens_human,
            count(case when clicks > 0 then 1 end) as unique_clicks,
            count(case when human_clicks > 0 then 1 end) as unique_clicks_human,
            count(case when opens + clicks > 0 then 1 end) as unique_seen,
            count(case when human_opens + human_clicks > 0 then 1 end) as unique_seen_human,
            sum(unsure_opens) = 0 as knows_human_opens,
            sum(unsure_clicks) = 0 as knows_human_clicks
        from recipients
        group by source, campaign, month
    ),

    -- What a source never speaks of is not known, rather than none.
    spoken_of as (
        select
            *,
            sum(sent) over of_source > 0 as tells_sends,
            sum(unique_opens) over of_source > 0 as tells_opens,
            sum(unique_clicks) over of_source > 0 as tells_clicks
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
    case when tells_opens and knows_human_opens then unique_opens_human end as unique_opens_human,
    case when tells_clicks then unique_clicks end as unique_clicks,
    case
        when tells_clicks and knows_human_clicks then unique_clicks_human
    end as unique_clicks_human,
    case when tells_clicks then clicks end as clicks,
    case when tells_clicks and knows_human_clicks then clicks_human end as clicks_human,
    case when tells_opens and tells_clicks then unique_seen end as unique_seen,
    case
        when tells_opens and tells_clicks and knows_human_opens and knows_human_clicks
        then unique_seen_human
    end as unique_seen_human,
    month
from spoken_of
