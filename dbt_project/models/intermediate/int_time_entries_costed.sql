select
    cast(null as varchar) as time_entry_id,
    cast(null as varchar) as source,
    cast(null as varchar) as person,
    cast(null as varchar) as campaign,
    cast(null as varchar) as activity,
    cast(null as decimal(18, 4)) as hours,
    cast(null as decimal(18, 6)) as hourly_rate,
    cast(null as varchar) as currency,
    cast(null as decimal(28, 12)) as fx_rate,
    cast(null as decimal(38, 12)) as labour_cost_home,
    cast(null as date) as fx_rate_on,
    cast(null as date) as worked_on
where false
