{{ config(materialized="table") }}

with recursive
    contacts as (select * from {{ source("hubspot", "contacts") }}),

    companies as (select * from {{ source("hubspot", "companies") }}),

    deals as (select * from {{ source("hubspot", "deals") }}),

    -- The record that remains after a merge lists the ids it absorbed, separated by semicolons;
    -- contacts also as `id:time`.
    listings as (
        select
            'contacts' as object_type,
            id as winner_id,
            unnest(string_split(hs_merged_object_ids, ';')) as loser
        from contacts
        union all
        select 'contacts', id, unnest(string_split(hs_calculated_merged_vids, ';'))
        from contacts
        union all
        select 'companies', id, unnest(string_split(hs_merged_object_ids, ';'))
        from companies
        union all
        select 'deals', id, unnest(string_split(hs_merged_object_ids, ';'))
        from deals
    ),

    merges as (
        select distinct object_type, trim(split_part(loser, ':', 1)) as loser_id, winner_id
        from listings
        where trim(split_part(loser, ':', 1)) not in ('', winner_id)
    ),

    -- The record that remained can be merged away later: follow it to the one that is left.
    followed as (
        select object_type, loser_id, winner_id
        from merges
        union
        select followed.object_type, followed.loser_id, merges.winner_id
        from followed
        inner join
            merges
            on followed.object_type = merges.object_type
            and followed.winner_id = merges.loser_id
    )

select object_type, loser_id, max(winner_id) as winner_id
from followed
where (object_type, winner_id) not in (select (merges.object_type, merges.loser_id) from merges)
group by object_type, loser_id
