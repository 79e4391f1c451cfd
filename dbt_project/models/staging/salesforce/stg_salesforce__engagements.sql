with
    tasks as ({{ salesforce_records("task") }}),

    events as ({{ salesforce_records("event") }}),

    survivors as (select * from {{ ref("base_salesforce__survivors") }}),

    activities as (
        -- A task that is open is a plan, and one that is neither call nor e-mail a note to oneself.
        select
            id,
            who_id,
            owner_id,
            lower(task_subtype) as kind,
            case
                when lower(call_type) in ('inbound', 'outbound') then lower(call_type)
            end as direction,
            is_gone,
            coalesce(completed_date_time, created_date) as occurred_at
        from tasks
        where is_closed and lower(task_subtype) in ('call', 'email')
        union all
        select id, who_id, owner_id, 'meeting', null, is_gone, start_date_time
        from events
    )

select
    'salesforce' as source,
    activities.id as source_engagement_id,
    survivors.survivor_id as source_person_id,
    case when activities.owner_id like '005%' then activities.owner_id end as owner_source_id,

    activities.kind,
    activities.direction,

    activities.is_gone as is_deleted,

    {{ utc("activities.occurred_at") }} as occurred_at
from activities
left join survivors on activities.who_id = survivors.record_id
