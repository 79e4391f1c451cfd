with
    vetoed as (select * from {{ ref("int_identity_links_vetoed") }}),

    links as (
        select judged.*
        from {{ ref("int_identity_links_judged") }} as judged
        left join
            vetoed
            on judged.identity = vetoed.identity
            and judged.other_identity = vetoed.other_identity
        where judged.held_out_because is null and vetoed.veto_id is null
    ),

    -- The hash depends on the installation's key, so that with another key every person_id is
    -- computed again.
    hashed as (
        select
            links.*,
            {{
                fingerprint(
                    [
                        "identity",
                        "other_identity",
                        "rule",
                        "confidence",
                        "source",
                        "linked_at",
                        keyed_hash("'first version'"),
                    ]
                )
            }} as link_hash
        from links
    ),

    -- One row per end of a link, with a number that stands for the end.
    ends as (
        select *
        from hashed
        union all
        select * replace (other_identity as identity, identity as other_identity)
        from hashed
        where identity <> other_identity
    )

select
    {{ surrogate_key("identity") }} as identity_key,
    identity,
    other_identity,
    rule,
    confidence,
    source,
    linked_at,
    {{ fingerprint(["identity_key", "link_hash"]) }} as link_hash
from ends
