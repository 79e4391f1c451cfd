-- The stage a person is in is the one entry without an exit, whatever the order of what was
-- recorded.
select person_id, count(*) as stages
from {{ ref("funnel_stages") }}
where exited_at is null
group by person_id
having count(*) <> 1
union all
select person_id, 0
from {{ ref("funnel_stages") }}
group by person_id
having count(*) = count(exited_at)
