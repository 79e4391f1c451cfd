with activities as (select * from {{ ref("base_marketo__activities") }})

select distinct
    'marketo' as source,
    lead_id as source_person_id,

    new_stage as source_stage,
    -- What makes an MQL or an SQL is for the lead definition to say; these words of Marketo's own
    -- revenue models are a lead by anyone's.
    case when lower(new_stage) in ('known', 'engaged', 'lead') then 'lead' end as stage,

    happened_at as entered_at
from activities
where activity_type_id = 101 and new_stage is not null and happened_at is not null
