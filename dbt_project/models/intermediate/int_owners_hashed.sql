with owners as (select * from {{ ref("int_owners_unioned") }})

-- Whoever left the company keeps their id: what they owned stays theirs.
select
    {{ keyed_hash("coalesce(email, source || ':' || source_owner_id)") }} as owner_id,
    source,
    source_owner_id,
    email,
    full_name
from owners
