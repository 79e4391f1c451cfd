with recursive
    {% if is_incremental() %}
        -- One number for all ties of an identity. Evidence that changed shows at one end at least:
        -- only the two ends of a lone tie have the same number, and no others.
        evidence as (
            select identity, bit_xor(link_hash) as evidence
            from {{ ref("int_identity_links_settled") }}
            group by identity
        ),

        -- What has other evidence than before, and with it all that it was tied to.
        changed as (
            select coalesce(evidence.identity, known.identity) as identity
            from evidence
            full join {{ this }} as known on evidence.evidence = known.evidence
            where
                known.identity is null or (evidence.identity is null and known.evidence is not null)
        ),

        touched as (
            select identity
            from {{ this }}
            where
                cluster_id in (
                    select known.cluster_id
                    from {{ this }} as known
                    inner join changed on known.identity = changed.identity
                )
            union
            select identity
            from changed
        ),
    {% else %} touched as (select distinct identity from {{ ref("int_identity_links_settled") }}),
    {% endif %}

    links as (
        select
            settled.identity,
            settled.other_identity,
            settled.link_hash,
            strpos('espc', left(settled.other_identity, 1)) || settled.other_identity as other_label
        from {{ ref("int_identity_links_settled") }} as settled
        inner join touched on settled.identity = touched.identity
    ),

    -- The first label goes along the links until it meets one before it. Addresses come first and
    -- cookies last, so that the many that hang on one identity do not walk past each other.
    walked as (
        select identity, strpos('espc', left(identity, 1)) || identity as label
        from touched
        union
        select links.other_identity, walked.label
        from walked
        inner join links on walked.identity = links.identity
        where walked.label < links.other_label
    ),

    clusters as (select identity, min(label) as label from walked group by identity),

    evidenced as (select identity, bit_xor(link_hash) as evidence from links group by identity)

-- Who has no evidence left is in no cluster any more.
select
    touched.identity,
    case when evidenced.identity is not null then substr(clusters.label, 2) end as cluster_id,
    evidenced.evidence,
    {{ fingerprint(["'" ~ invocation_id ~ "'"]) }} as revision
from touched
inner join clusters on touched.identity = clusters.identity
left join evidenced on touched.identity = evidenced.identity
