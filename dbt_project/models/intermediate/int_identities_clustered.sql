{% set settled = ref("int_identity_links_settled") %}

with recursive
    -- What an earlier run wrote: nothing at first.
    known as (
        {% if is_incremental() %}select * from {{ this }}
        {% else %}
            select *, identity as cluster_id, link_hash as evidence from {{ settled }} where false
        {% endif %}
    ),

    -- Ties that are still there cancel out, within few buckets first and then within identities.
    compared as (
        select identity_key, identity_key & 1023 as bucket, link_hash as evidence
        from {{ settled }}
        union all
        select identity_key, identity_key & 1023, evidence
        from known
    ),

    changed as (
        select identity_key
        from compared
        where bucket in (select bucket from compared group by bucket having bit_xor(evidence) <> 0)
        group by identity_key
        having bit_xor(evidence) <> 0
    ),

    -- With what has other evidence than before goes all that it was tied to.
    touched as (
        select others.identity_key
        from changed
        inner join known on changed.identity_key = known.identity_key
        inner join known as others on known.cluster_id = others.cluster_id
        union
        select identity_key
        from changed
    ),

    links as (
        select
            settled.*,
            strpos('espc', left(settled.other_identity, 1)) || settled.other_identity as other_label
        from {{ settled }} as settled
        inner join touched on settled.identity_key = touched.identity_key
    ),

    -- The first label goes along the links until it meets one before it. Addresses come first and
    -- cookies last, so that the many that hang on one identity do not walk past each other.
    walked as (
        select identity, strpos('espc', left(identity, 1)) || identity as label
        from links
        union
        select links.other_identity, walked.label
        from walked
        inner join links on walked.identity = links.identity
        where walked.label < links.other_label
    ),

    clusters as (select identity, min(label) as label from walked group by identity),

    ends as (
        select identity_key, identity, link_hash
        from links
        union all
        select known.identity_key, known.identity, null
        from known
        inner join touched on known.identity_key = touched.identity_key
    )

-- Who has no tie left is in no cluster any more.
select
    ends.identity_key,
    ends.identity,
    substr(min(clusters.label), 2) as cluster_id,
    bit_xor(ends.link_hash) as evidence,
    {{ fingerprint(["'" ~ invocation_id ~ "'"]) }} as revision
from ends
left join clusters on ends.identity = clusters.identity
group by ends.identity_key, ends.identity
