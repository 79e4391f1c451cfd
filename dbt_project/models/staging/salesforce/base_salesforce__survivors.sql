{{ config(materialized="table") }}

with recursive
    leads as (select * from {{ source("salesforce", "lead") }}),

    contacts as (select * from {{ source("salesforce", "contact") }}),

    accounts as (select * from {{ source("salesforce", "account") }}),

    records as (
        select id, master_record_id as next_id
        from contacts
        union
        select id, master_record_id
        from accounts
        union
        -- A converted lead is the contact that it became, if that contact is loaded.
        select leads.id, coalesce(leads.master_record_id, converted.id)
        from leads
        left join contacts as converted on leads.converted_contact_id = converted.id
    ),

    -- The record that remained can be merged or converted later: follow it to the one that is
    -- left.
    followed as (
        select id as record_id, id as survivor_id, 0 as steps
        from records
        union all
        select followed.record_id, records.next_id, followed.steps + 1
        from followed
        inner join records on followed.survivor_id = records.id
        where records.next_id is not null and followed.steps < 20
    )

select record_id, survivor_id
from followed
qualify row_number() over (partition by record_id order by steps desc) = 1
