with
    campaigns as (
        {{
            latest_per_key(
                source("google_ads", "campaigns"), ["customer_id", "id"], ["_loaded_at desc"]
            )
        }}
    )

select
    'google_ads' as source,
    customer_id as account_id,
    id as source_campaign_id,

    name,
    case
        advertising_channel_type
        when 'SEARCH'
        then 'Paid Search'
        when 'SHOPPING'
        then 'Paid Shopping'
        when 'DISPLAY'
        then 'Display'
        when 'VIDEO'
        then 'Paid Video'
        when 'PERFORMANCE_MAX'
        then 'Cross-network'
        when 'DEMAND_GEN'
        then 'Cross-network'
        when 'MULTI_CHANNEL'
        then 'Cross-network'
        when 'SMART'
        then 'Cross-network'
        else 'Paid Other'
    end as channel,
    lower(status) as status,

    start_date as started_on,
    end_date as ended_on
from campaigns
