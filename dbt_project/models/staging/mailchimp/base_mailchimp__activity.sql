{{ config(materialized="table") }}

{% set scanner_seconds = 30 %}

with
    activity as (
        select distinct campaign_id, list_id, email_id, email_address, action, type, url, timestamp
        from {{ source("mailchimp", "email_activity") }}
    ),

    campaigns as (select * from {{ ref("base_mailchimp__campaigns") }}),

    timed as (
        select
            activity.*,
            date_diff('second', campaigns.send_time, activity.timestamp) as seconds_after_send
        from activity
        left join campaigns on activity.campaign_id = campaigns.id
    ),

    -- A scanner follows several links of an e-mail within seconds of its delivery; nobody reads
    -- that fast.
    scanned as (
        select campaign_id, email_id
        from timed
        where action = 'click' and seconds_after_send <= {{ scanner_seconds }}
        group by campaign_id, email_id
        having count(distinct url) > 1
    )

select
    timed.*,
    case
        when timed.action = 'click'
        then scanned.email_id is not null and timed.seconds_after_send <= {{ scanner_seconds }}
        -- Opens come without a word on who opened: privacy proxies are only taken out of the
        -- report's totals.
        when timed.action <> 'open'
        then false
    end as is_machine
from timed
left join scanned on timed.campaign_id = scanned.campaign_id and timed.email_id = scanned.email_id
