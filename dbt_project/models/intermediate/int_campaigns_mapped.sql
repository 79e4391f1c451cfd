with
    campaigns as (select * from {{ ref("int_campaigns_unioned") }}),

    mapping as (select * from {{ ref("stg_settings__campaign_mapping") }})

select
    {{ canonical_name("coalesce(mapping.campaign, campaigns.name)") }} as campaign,
    campaigns.source,
    campaigns.account_id,
    campaigns.source_campaign_id,
    campaigns.name,
    campaigns.channel,
    campaigns.status,
    campaigns.started_on,
    campaigns.ended_on
from campaigns
left join mapping on campaigns.source = mapping.source and campaigns.name = mapping.name
