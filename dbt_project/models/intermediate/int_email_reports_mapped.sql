select
    cast(null as varchar) as source,
    cast(null as varchar) as source_campaign_id,
    cast(null as varchar) as campaign,
    cast(null as bigint) as sent,
    cast(null as bigint) as delivered,
    cast(null as bigint) as unique_opens,
    cast(null as bigint) as unique_clicks,
    cast(null as bigint) as total_clicks,
    cast(null as bigint) as bounced,
    cast(null as bigint) as unsubscribed,
    cast(null as timestamp) as sent_at
where false
