select
    cast(null as varchar) as source,
    cast(null as varchar) as account_id,
    cast(null as varchar) as source_campaign_id,
    cast(null as varchar) as campaign_name,
    cast(null as varchar) as currency,
    cast(null as decimal(18, 6)) as cost,
    cast(null as bigint) as clicks,
    cast(null as double) as platform_conversions,
    cast(null as integer) as restatement_days,
    cast(null as date) as spend_on,
    cast(null as timestamp) as loaded_at
where false
