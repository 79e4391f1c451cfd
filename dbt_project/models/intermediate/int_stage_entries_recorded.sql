with
    people as (select * from {{ ref("int_people_resolved") }}),

    identities as (
        select * from {{ ref("int_identities_resolved") }} where identity_type = 'source_id'
    ),

    stage_events as (select * from {{ ref("int_stage_events_unioned") }}),

    deals as (select * from {{ ref("int_deals_converted") }} where person_id is not null),

    orders as (select * from {{ ref("int_orders_converted") }} where person_id is not null),

    -- A person is a lead from the moment any source knew them. A lead that is recorded again
    -- later is a return to that stage.
    told as (
        select
            people.person_id,
            stage_events.stage,
            stage_events.source_stage,
            stage_events.source,
            stage_events.entered_at
        from stage_events
        inner join
            identities
            on stage_events.source || ':' || stage_events.source_person_id
            = identities.identity_value
        inner join people on identities.person_id = people.person_id
        where
            stage_events.stage is distinct from 'lead'
            or stage_events.entered_at > people.created_at
    ),

    -- An opportunity is the first deal that was opened, a customer the first one won or the first
    -- paid order.
    bought as (
        select person_id, source, coalesce(closed_at, opened_at) as entered_at
        from deals
        where is_won
        union all
        select person_id, source, ordered_at
        from orders
        where is_paid
    )

select person_id, 'lead' as stage, null as source_stage, source, created_at as entered_at
from people
where created_at is not null
union all
select person_id, stage, source_stage, source, entered_at
from told
union all
select person_id, 'opportunity', null, arg_min(source, (opened_at, source)), min(opened_at)
from deals
where opened_at is not null
group by person_id
union all
select person_id, 'customer', null, arg_min(source, (entered_at, source)), min(entered_at)
from bought
where entered_at is not null
group by person_id
