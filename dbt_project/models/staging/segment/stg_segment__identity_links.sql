with
    identifies as ({{ latest_per_key(source("segment", "identifies"), ["id"], ["file desc"]) }}),

    events as (select * from {{ ref("base_segment__events") }}),

    -- An identify call with an e-mail address, and logins of users.
    seen as (
        select
            anonymous_id as cookie_id,
            user_id,
            coalesce({{ normalise_email("email") }}, {{ normalise_email("user_id") }}) as email,
            {{ utc("coalesce(timestamp, received_at)") }} as linked_at
        from identifies
        union all
        select cookie_id, user_id, {{ normalise_email("user_id") }}, occurred_at
        from events
        where user_id is not null
    ),

    addresses as (
        select user_id, arg_max(email, linked_at) as email
        from seen
        where user_id is not null and email is not null
        group by user_id
    )

-- A login ties the visitor's cookie to the address that the user gave, on whatever cookie that was.
select
    'segment' as source,
    'login' as rule,
    seen.cookie_id,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as linked_id,

    coalesce(seen.email, addresses.email) as email,

    min(seen.linked_at) as linked_at
from seen
left join addresses on seen.user_id = addresses.user_id
where seen.cookie_id is not null and coalesce(seen.email, addresses.email) is not null
group by seen.cookie_id, coalesce(seen.email, addresses.email)
