with
    records as (select * from {{ ref("int_person_records_gathered") }}),

    identities as (select * from {{ ref("int_identities_resolved") }}),

    conflicts as (select distinct identity from {{ ref("int_person_fields_conflicted") }}),

    refused as (select * from {{ ref("int_quarantine_unioned") }}),

    people as (
        select
            records.source,
            records.created_at as known_at,
            row_number() over (
                partition by identities.person_id, records.source
                order by records.created_at nulls last, records.identity
            )
            > 1 as is_duplicate,
            coalesce(length({{ phone_digits("records.phone") }}) < 7, false) as is_unreadable,
            conflicts.identity is not null as is_conflicting
        from records
        inner join identities on records.identity = identities.identity
        left join conflicts on records.identity = conflicts.identity
        where records.source_person_id is not null
    ),

    assessed as (
        select source, 'people' as table_name, known_at, is_duplicate, is_unreadable, is_conflicting
        from people
        union all
        select source, 'email_events', occurred_at, false, false, false
        from {{ ref("int_email_events_unioned") }}
        union all
        select source, 'deals', coalesce(opened_at, closed_at), false, false, false
        from {{ ref("int_deals_converted") }}
        union all
        select source, 'orders', ordered_at, false, false, false
        from {{ ref("int_orders_converted") }}
    ),

    dated as (
        select *, {{ home_month("known_at") }} as month from assessed where known_at is not null
    ),

    dated_refusals as (select *, {{ home_month("loaded_at") }} as month from refused)

select
    source,
    table_name,
    month,
    count(*) as records,
    sum(case when is_duplicate then 1 else 0 end) as duplicates,
    sum(case when is_unreadable then 1 else 0 end) as unreadable,
    sum(case when is_conflicting then 1 else 0 end) as conflicting,
    sum(case when is_duplicate or is_unreadable or is_conflicting then 1 else 0 end) as flawed,
    0 as quarantined
from dated
group by source, table_name, month
union all
select source, table_name, month, 0, 0, 0, 0, 0, count(*)
from dated_refusals
group by source, table_name, month
