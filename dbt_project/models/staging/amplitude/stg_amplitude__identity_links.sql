with
    events as (
        select *
        from {{ ref("base_amplitude__events") }}
        where user_id is not null or email is not null
    ),

    addresses as (
        select user_id, arg_max(email, occurred_at) as email
        from events
        where user_id is not null and email is not null
        group by user_id
    )

-- A login ties the visitor's cookie to the address that the user gave, on whatever device that was.
select
    'amplitude' as source,
    'login' as rule,
    events.cookie_id,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as linked_id,

    coalesce(events.email, addresses.email) as email,

    min(events.occurred_at) as linked_at
from events
left join addresses on events.user_id = addresses.user_id
where coalesce(events.email, addresses.email) is not null
group by events.cookie_id, coalesce(events.email, addresses.email)
