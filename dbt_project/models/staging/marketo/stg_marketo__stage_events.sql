with activities as (select * from {{ ref("base_marketo__activities") }})

select distinct
    'marketo' as source,
    lead_id as source_person_id,

    new_stage as source_stage,
    -- The lead definition says what makes an MQL or an SQL; these words of Marketo's own revenue
    -- models always mean a lead.
    case when lower(new_stage) in ('known', 'engaged', 'lead') then 'lead' end as stage,

    happened_at as entered_at
from activities
where activity_type_id = 101 and new_stage is not null and happened_at is not null
