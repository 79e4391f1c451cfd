with versions as (select * from {{ ref("int_spend_versions_converted") }})

select
    spend_on as date,
    source,
    account_id,
    source_campaign_id,
    campaign,
    cast(cost_home as decimal(18, 6)) as spend,
    clicks,
    platform_conversions as conversions,
    is_still_moving,
    is_zone_exact,
    row_number() over (
        partition by spend_on, source, account_id, source_campaign_id order by loaded_at desc
    )
    = 1 as is_latest,
    loaded_at
from versions
