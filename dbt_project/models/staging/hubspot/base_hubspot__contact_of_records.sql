{{ config(materialized="table") }}

with
    associations as (select * from {{ ref("base_hubspot__associations") }}),

    contacts as (select * from {{ ref("base_hubspot__contacts") }})

-- A record with several contacts belongs to the one that was created first: the lowest id, which
-- is a number in text.
select associations.from_type, associations.from_id, associations.to_id as contact_id
from associations
inner join contacts on associations.to_id = contacts.id
where associations.to_type = 'contacts' and not contacts.is_deleted
qualify
    row_number() over (
        partition by associations.from_type, associations.from_id
        order by length(associations.to_id), associations.to_id
    )
    = 1
