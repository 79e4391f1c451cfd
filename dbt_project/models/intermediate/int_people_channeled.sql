select
    cast(null as varchar) as person_id,
    cast(null as varchar) as channel,
    cast(null as varchar) as channel_detail,
    cast(null as varchar) as campaign
where false
