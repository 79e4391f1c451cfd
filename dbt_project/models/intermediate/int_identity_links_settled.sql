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

    -- Without its own key the installation would keep the person_ids of another.
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

    -- Each end has a number of its own.
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
