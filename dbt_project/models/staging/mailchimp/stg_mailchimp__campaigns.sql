with campaigns as (select * from {{ ref("base_mailchimp__campaigns") }})

select
    'mailchimp' as source,
    list_id as account_id,
    id as source_campaign_id,

    coalesce({{ blank_to_null("title") }}, subject_line) as name,
    'Email' as channel,
    status,

    {{ home_date(utc("send_time")) }} as started_on,
    cast(null as date) as ended_on
from campaigns
