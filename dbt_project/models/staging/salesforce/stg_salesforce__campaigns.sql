with
    campaigns as (
        {{ latest_per_key(source("salesforce", "campaign"), ["id"], ["_loaded_at desc"]) }}
    )

select
    'salesforce' as source,
    cast(null as varchar) as account_id,
    id as source_campaign_id,

    {{ blank_to_null("name") }} as name,
    case when lower(type) = 'email' then 'Email' end as channel,
    status,

    start_date as started_on,
    end_date as ended_on
from campaigns
where not coalesce(is_deleted, false)
