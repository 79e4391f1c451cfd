with
    history as (select * from {{ source("hubspot", "contact_lifecycle_history") }}),

    merges as (select * from {{ ref("base_hubspot__merges") }} where object_type = 'contacts')

-- The history of a merged-away contact does not count: the remaining contact has its own, and a
-- first load would see only that.
select
    'hubspot' as source,
    history.contact_id as source_person_id,

    history.value as source_stage,
    -- The lead definition says what makes an MQL or an SQL; these two words always mean a lead.
    case when history.value in ('subscriber', 'lead') then 'lead' end as stage,

    {{ utc("history.timestamp") }} as entered_at
from history
left join merges on history.contact_id = merges.loser_id
where merges.loser_id is null and history.value is not null and history.timestamp is not null
