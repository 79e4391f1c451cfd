with
    history as (select * from {{ source("hubspot", "contact_lifecycle_history") }}),

    merges as (select * from {{ ref("base_hubspot__merges") }} where object_type = 'contacts')

-- The history of a contact that was merged away is the winner's, who may list the same entry.
select distinct
    'hubspot' as source,
    coalesce(merges.winner_id, history.contact_id) as source_person_id,

    history.value as source_stage,
    -- What makes an MQL or an SQL is for the lead definition to say; these two words are a lead
    -- by anyone's.
    case when history.value in ('subscriber', 'lead') then 'lead' end as stage,

    {{ utc("history.timestamp") }} as entered_at
from history
left join merges on history.contact_id = merges.loser_id
where history.value is not null and history.timestamp is not null
