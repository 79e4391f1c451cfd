with
    history as (select * from {{ source("hubspot", "contact_lifecycle_history") }}),

    merges as (select * from {{ ref("base_hubspot__merges") }} where object_type = 'contacts')

-- What of the history of a contact that was merged away goes on, the winner's history has. A load
-- from the start sees no other, so what an earlier load saw of the loser does not count.
select
    'hubspot' as source,
    history.contact_id as source_person_id,

    history.value as source_stage,
    -- What makes an MQL or an SQL is for the lead definition to say; these two words are a lead
    -- by anyone's.
    case when history.value in ('subscriber', 'lead') then 'lead' end as stage,

    {{ utc("history.timestamp") }} as entered_at
from history
left join merges on history.contact_id = merges.loser_id
where merges.loser_id is null and history.value is not null and history.timestamp is not null
