select
    cast(null as varchar) as conversion_id,
    cast(null as varchar) as person_id,
    cast(null as varchar) as source,
    cast(null as decimal(18, 6)) as revenue_home,
    cast(null as decimal(18, 6)) as gross_margin_home,
    cast(null as timestamp) as converted_at
where false
