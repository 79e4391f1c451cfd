{% set is_same %}
    {{ fingerprint(["known.cluster_id", "known.evidence"]) }}
    = {{ fingerprint(["clustered.cluster_id", "clustered.evidence"]) }}
{% endset %}
with
    clustered as (select * from {{ ref("int_identities_clustered") }}),

    {% if is_incremental() %}
        changed as (
            select clustered.identity, clustered.cluster_id
            from clustered
            where not exists (select 1 from {{ this }} as known where {{ is_same }})
            union all
            select known.identity, null
            from {{ this }} as known
            where not exists (select 1 from clustered where {{ is_same }})
        ),

        touched as (
            select identity, cluster_id, evidence
            from clustered
            where cluster_id in (select changed.cluster_id from changed)
            union all
            select changed.identity, null, null
            from changed
            left join clustered on changed.identity = clustered.identity
            where clustered.identity is null
        ),
    {% else %} touched as (select * from clustered),
    {% endif %}

    links as (
        select settled.*, touched.cluster_id
        from {{ ref("int_identity_links_settled") }} as settled
        inner join touched on settled.identity = touched.identity
    ),

    -- A person goes by the address of their earliest record, or else by its id.
    named as (
        select
            records.cluster_id,
            arg_min(
                coalesce(addresses.other_identity, records.identity),
                (records.linked_at is null, records.linked_at, records.identity)
            ) as identity
        from links as records
        left join
            links as addresses
            on records.identity = addresses.identity
            and addresses.rule = 'email'
            and addresses.other_identity like 'email:%'
        where records.rule = 'record'
        group by records.cluster_id
    ),

    weighed as (
        select
            identity,
            arg_max(rule, confidence) as rule,
            max(confidence) as confidence,
            arg_min(source, (1 - confidence, linked_at, source)) as source,
            min(linked_at) as linked_at
        from links
        group by identity
    )

select
    touched.identity,
    {{ keyed_hash("regexp_replace(named.identity, '^[^:]*:', '')") }} as person_id,
    weighed.source,
    split_part(touched.identity, ':', 1) as identity_type,
    regexp_replace(touched.identity, '^[^:]*:', '') as identity_value,
    weighed.rule,
    weighed.confidence,
    weighed.linked_at,
    touched.cluster_id,
    touched.evidence
from touched
left join weighed on touched.identity = weighed.identity
left join named on touched.cluster_id = named.cluster_id
