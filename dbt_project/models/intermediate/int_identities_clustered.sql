with recursive
    -- One number for all ties of an identity. Evidence that changed shows at one end at least:
    -- only the two ends of a lone tie have the same number, and no others.
    evidence as (
        select identity, bit_xor(link_hash) as evidence
        from {{ ref("int_identity_links_settled") }}
        group by identity
    ),

    {% if is_incremental() %}
        -- What has other evidence than before, and with it all that it was tied to.
        changed as (
            select identity
            from evidence
            where
                not exists (
                    select 1 from {{ this }} as known where known.evidence = evidence.evidence
                )
            union
            select identity
            from {{ this }} as known
            where not exists (select 1 from evidence where evidence.evidence = known.evidence)
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
    {% else %} touched as (select identity from evidence),
    {% endif %}

    links as (
        select
            settled.identity,
            settled.other_identity,
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

    clusters as (select identity, min(label) as label from walked group by identity)

-- Who has no evidence left goes.
select
    touched.identity,
    case when evidence.identity is not null then substr(clusters.label, 2) end as cluster_id,
    evidence.evidence
from touched
inner join clusters on touched.identity = clusters.identity
left join evidence on touched.identity = evidence.identity
