select
    cast(null as varchar) as source,
    cast(null as varchar) as source_event_id,
    cast(null as varchar) as source_campaign_id,
    cast(null as varchar) as campaign_name,
    cast(null as varchar) as recipient_id,
    cast(null as varchar) as email,
    cast(null as varchar) as event_type,
    cast(null as varchar) as url,
    cast(null as boolean) as is_machine,
    cast(null as timestamp) as occurred_at
where false
