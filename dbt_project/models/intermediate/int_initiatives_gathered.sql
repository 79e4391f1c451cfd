with campaigns as (select * from {{ ref("int_campaigns_mapped") }})

-- An initiative may run on several platforms: it began with the first of them and has the status
-- of the latest.
select
    campaign,
    case
        when min(channel) over initiative = max(channel) over initiative then channel
    end as only_channel,
    status,
    min(started_on) over initiative as started_on
from campaigns
where campaign is not null
window
    initiative as (partition by campaign),
    newest_first as (
        partition by campaign
        order by started_on desc nulls last, source, account_id, source_campaign_id
    )
qualify row_number() over newest_first = 1
