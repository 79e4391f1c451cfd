select
    cast(null as varchar) as source,
    cast(null as varchar) as account_id,
    cast(null as varchar) as source_campaign_id,
    cast(null as varchar) as campaign_name,
    cast(null as varchar) as channel,
    cast(null as varchar) as cost_kind,
    cast(null as varchar) as account_time_zone,
    cast(null as varchar) as currency,
    cast(null as decimal(18, 6)) as cost,
    cast(null as bigint) as impressions,
    cast(null as bigint) as clicks,
    cast(null as double) as platform_conversions,
    cast(null as integer) as restatement_days,
    cast(null as boolean) as is_residual,
    cast(null as date) as spend_on,
    cast(null as timestamp) as spend_hour_at,
    cast(null as timestamp) as loaded_at
where false
