{{ config(materialized="table") }}

-- A day that is read again has another time of loading, and may hold fewer of a cookie's events.
with
    days as (
        select user_pseudo_id as cookie_id, event_day, _loaded_at, count(*) as events
        from {{ source("ga4", "events") }}
        where user_pseudo_id is not null
        group by user_pseudo_id, event_day, _loaded_at
    )

select
    cookie_id,
    bit_xor({{ fingerprint(["cookie_id", "event_day", "_loaded_at", "events"]) }}) as fingerprint
from days
group by cookie_id
