with
    reports as (select * from {{ ref("int_email_reports_unioned") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }})

select
    reports.source,
    reports.source_campaign_id,
    {{ canonical_name("coalesce(campaign_mapping.campaign, reports.campaign_name)") }} as campaign,
    reports.sent,
    reports.delivered,
    reports.unique_opens,
    reports.unique_opens_human,
    reports.unique_clicks,
    reports.total_clicks,
    reports.bounced,
    reports.unsubscribed,
    reports.sent_at
from reports
left join
    campaign_mapping
    on reports.source = campaign_mapping.source
    and reports.campaign_name = campaign_mapping.name
