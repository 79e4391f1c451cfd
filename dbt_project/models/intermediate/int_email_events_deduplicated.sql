select
    cast(null as varchar) as email_event_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as recipient_id,
    cast(null as varchar) as source,
    cast(null as varchar) as source_campaign_id,
    cast(null as varchar) as campaign,
    cast(null as varchar) as event_type,
    cast(null as varchar) as url,
    cast(null as boolean) as is_machine,
    cast(null as timestamp) as occurred_at
where false
