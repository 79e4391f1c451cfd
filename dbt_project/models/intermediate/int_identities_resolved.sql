with
    clustered as (
        select *
        from {{ ref("int_identities_clustered") }}
        {% if is_incremental() %}
            where revision not in (select known.revision from {{ this }} as known)
        {% endif %}
    ),

    links as (
        select settled.*, clustered.cluster_id
        from {{ ref("int_identity_links_settled") }} as settled
        inner join clustered on settled.identity_key = clustered.identity_key
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
            on records.identity_key = addresses.identity_key
            and addresses.rule = 'email'
            and addresses.other_identity like 'email:%'
        where records.rule = 'record'
        group by records.cluster_id
    ),

    weighed as (
        select
            identity_key,
            arg_max(rule, confidence) as rule,
            max(confidence) as confidence,
            arg_min(source, (1 - confidence, linked_at, source)) as source,
            min(linked_at) as linked_at
        from links
        group by identity_key
    )

select
    clustered.identity_key,
    clustered.identity,
    {{ keyed_hash("regexp_replace(named.identity, '^[^:]*:', '')") }} as person_id,
    weighed.source,
    split_part(clustered.identity, ':', 1) as identity_type,
    regexp_replace(clustered.identity, '^[^:]*:', '') as identity_value,
    weighed.rule,
    weighed.confidence,
    weighed.linked_at,
    clustered.cluster_id,
    clustered.revision
from clustered
left join weighed on clustered.identity_key = weighed.identity_key
left join named on clustered.cluster_id = named.cluster_id
