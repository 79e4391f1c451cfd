select
    cast(null as varchar) as campaign,
    cast(null as varchar) as source,
    cast(null as varchar) as account_id,
    cast(null as varchar) as source_campaign_id,
    cast(null as varchar) as name,
    cast(null as varchar) as channel,
    cast(null as varchar) as status,
    cast(null as date) as started_on,
    cast(null as date) as ended_on
where false
