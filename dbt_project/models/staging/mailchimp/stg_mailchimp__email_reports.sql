with reports as ({{ latest_per_key(source("mailchimp", "reports"), ["id"], ["_loaded_at desc"]) }})

select
    'mailchimp' as source,
    id as source_campaign_id,

    {{ blank_to_null("campaign_title") }} as campaign_name,

    emails_sent as sent,
    emails_sent - hard_bounces - soft_bounces - syntax_errors as delivered,
    unique_opens,
    -- Only the report knows which opens were made by privacy proxies.
    proxy_excluded_unique_opens as unique_opens_human,
    unique_subscriber_clicks as unique_clicks,
    clicks_total as total_clicks,
    hard_bounces + soft_bounces + syntax_errors as bounced,
    unsubscribed,

    {{ utc("send_time") }} as sent_at
from reports
