select
    cast(null as varchar) as source,
    cast(null as varchar) as channel,
    cast(null as bigint) as sessions,
    cast(null as double) as conversions,
    cast(null as decimal(18, 2)) as revenue,
    cast(null as date) as report_on
where false
