with
    leads as (select * from {{ source("salesforce", "lead") }} where master_record_id is null),

    changes as (
        select lead_id, old_value, new_value, created_date
        from {{ source("salesforce", "lead_history") }}
        where field = 'Status'
    ),

    -- The status a lead began with is what its first change replaced.
    firsts as (
        select lead_id, arg_min(old_value, created_date) as status from changes group by lead_id
    ),

    entries as (
        select
            leads.id,
            coalesce(firsts.status, leads.status) as status,
            leads.created_date as entered_at,
            true as is_first
        from leads
        left join firsts on leads.id = firsts.lead_id
        union all
        select leads.id, changes.new_value, changes.created_date, false
        from changes
        inner join leads on changes.lead_id = leads.id
    ),

    survivors as (select * from {{ ref("base_salesforce__survivors") }})

select distinct
    'salesforce' as source,
    survivors.survivor_id as source_person_id,

    entries.status as source_stage,
    -- The lead definition says what makes an MQL or an SQL; a lead whose status is New again is
    -- a lead again.
    case
        when
            not entries.is_first
            and lower(entries.status) in ('new', 'open', 'open - not contacted')
        then 'lead'
    end as stage,

    {{ utc("entries.entered_at") }} as entered_at
from entries
inner join survivors on entries.id = survivors.record_id
where entries.status is not null
