with
    reports as (
        {{
            latest_per_key(
                source("ga4", "daily_channel_report"),
                ["property_id", "date", "session_default_channel_group"],
                ["_loaded_at desc"],
            )
        }}
    )

select
    'ga4' as source,
    property_id as account_id,

    case
        session_default_channel_group
        when 'Mobile Push Notifications'
        then 'Mobile Push'
        else session_default_channel_group
    end as channel,

    sessions,
    key_events as conversions,
    total_revenue as revenue,

    date as report_on
from reports
