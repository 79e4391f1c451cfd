with sessions as (select * from {{ ref("stg_ga4__sessions") }} where user_id is not null)

-- A login ties the visitor's cookie to an e-mail address where the site uses that as its user id.
select distinct
    'ga4' as source,
    'login' as rule,
    cookie_id,
    cast(null as varchar) as source_person_id,
    cast(null as varchar) as linked_id,

    {{ normalise_email("user_id") }} as email,

    started_at as linked_at
from sessions
where {{ normalise_email("user_id") }} is not null
