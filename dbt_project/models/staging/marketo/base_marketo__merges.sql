{{ config(materialized="table") }}

with recursive
    activities as (select * from {{ source("marketo", "activities") }} where activity_type_id = 32),

    -- The lead that remains names those it absorbed as a list: [12, 13].
    listings as (
        select
            lead_id as winner_id,
            unnest(
                string_split(
                    replace(
                        replace(json_extract_string(attributes, '$."Merge IDs"'), '[', ''), ']', ''
                    ),
                    ','
                )
            ) as loser
        from activities
    ),

    merges as (
        select distinct try_cast(loser as bigint) as loser_id, winner_id
        from listings
        where try_cast(loser as bigint) <> winner_id
    ),

    -- The lead that remained can be merged away later: follow it to the one that is left.
    followed as (
        select loser_id, winner_id
        from merges
        union
        select followed.loser_id, merges.winner_id
        from followed
        inner join merges on followed.winner_id = merges.loser_id
    )

select loser_id, max(winner_id) as winner_id
from followed
where winner_id not in (select merges.loser_id from merges)
group by loser_id
