with
    campaigns as (
        {{
            latest_per_key(
                source("linkedin_ads", "ad_campaigns"), ["account_id", "id"], ["_loaded_at desc"]
            )
        }}
    )

select
    'linkedin_ads' as source,
    account_id,
    id as source_campaign_id,

    name,
    'Paid Social' as channel,
    lower(status) as status,

    cast({{ utc("run_start_at") }} as date) as started_on,
    cast({{ utc("run_end_at") }} as date) as ended_on
from campaigns
