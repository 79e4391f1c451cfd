with recursive
    links as (
        select identity, other_identity
        from {{ ref("int_identity_links_judged") }}
        where held_out_because is null and identity <> other_identity
    ),

    vetoes as (select * from {{ ref("stg_settings__identity_vetoes") }}),

    steps as (
        select identity, other_identity
        from links
        union all
        select other_identity, identity
        from links
    ),

    -- From either of two identities that are not one person's, along the links, as far as they go.
    walked as (
        select veto_id, 1 as side, identity, 0 as distance
        from vetoes
        union
        select veto_id, 2, other_identity, 0
        from vetoes
        union
        select walked.veto_id, walked.side, steps.other_identity, walked.distance + 1
        from walked
        inner join steps on walked.identity = steps.identity
        where walked.distance < 30
    ),

    -- What both lead to belongs to the nearer; what is as near to both, to the one named first.
    sided as (
        select veto_id, identity, arg_min(side, (distance, side)) as side
        from walked
        group by veto_id, identity
    )

-- A veto cuts the links from one side to the other.
select distinct sided.veto_id, links.identity, links.other_identity
from links
inner join sided on links.identity = sided.identity
inner join
    sided as other_sided
    on links.other_identity = other_sided.identity
    and sided.veto_id = other_sided.veto_id
    and sided.side <> other_sided.side
