with
    events as ({{ salesforce_records("event") }}),

    survivors as (select * from {{ ref("base_salesforce__survivors") }})

-- Events without a lead or contact (meetings among colleagues, for example) are no touches.
select
    'salesforce' as source,
    events.id as source_touch_id,
    survivors.survivor_id as source_person_id,
    cast(null as varchar) as cookie_id,

    cast(null as varchar) as email,
    'meeting' as touch_type,
    cast(null as varchar) as utm_source,
    cast(null as varchar) as utm_medium,
    cast(null as varchar) as utm_campaign,
    cast(null as varchar) as utm_content,
    cast(null as varchar) as click_id_type,
    cast(null as varchar) as channel_detail,

    {{ utc("events.start_date_time") }} as touched_at
from events
inner join survivors on events.who_id = survivors.record_id
where not events.is_gone
