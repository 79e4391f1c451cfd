{{ config(materialized="table") }}

with
    associations as (select * from {{ source("hubspot", "associations") }}),

    merges as (select * from {{ ref("base_hubspot__merges") }})

-- What was tied to a record that was merged away is tied to its winner.
select
    associations.from_type,
    coalesce(from_merges.winner_id, associations.from_id) as from_id,
    associations.to_type,
    coalesce(to_merges.winner_id, associations.to_id) as to_id
from associations
left join
    merges as from_merges
    on associations.from_type = from_merges.object_type
    and associations.from_id = from_merges.loser_id
left join
    merges as to_merges
    on associations.to_type = to_merges.object_type
    and associations.to_id = to_merges.loser_id
group by all
