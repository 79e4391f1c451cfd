with
    campaigns as (select * from {{ ref("int_campaigns_unioned") }}),

    mapping as (select * from {{ ref("stg_settings__campaign_mapping") }}),

    statuses as (select * from {{ ref("campaign_statuses") }})

select
    {{ canonical_name("coalesce(mapping.campaign, campaigns.name)") }} as campaign,
    campaigns.source,
    campaigns.account_id,
    campaigns.source_campaign_id,
    campaigns.name,
    campaigns.channel,
    coalesce(statuses.status, {{ canonical_name("campaigns.status") }}) as status,
    campaigns.started_on,
    campaigns.ended_on
from campaigns
left join mapping on campaigns.source = mapping.source and campaigns.name = mapping.name
left join statuses on {{ canonical_name("campaigns.status") }} = statuses.platform_status
