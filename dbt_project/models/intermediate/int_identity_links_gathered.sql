with
    records as (select * from {{ ref("int_person_records_gathered") }}),

    links as (select * from {{ ref("int_identity_links_unioned") }}),

    rules as (select * from {{ ref("identity_rules") }}),

    phones as (
        select identity, source, created_at, {{ phone_digits("phone") }} as digits from records
    ),

    -- What a link is about: the record, or else the address.
    anchored as (
        select
            source,
            rule,
            coalesce(
                'source_id:' || source || ':' || source_person_id, 'email:' || email
            ) as identity,
            case when source_person_id is not null then 'email:' || email end as email,
            'cookie:' || cookie_id as cookie,
            'source_id:' || linked_id as linked_id,
            linked_at
        from links
    ),

    said as (
        -- A record is its own evidence.
        select
            identity, identity as other_identity, 'record' as rule, source, created_at as linked_at
        from records
        union all
        select identity, 'email:' || email, 'email', source, created_at
        from records
        where source_person_id is not null and email is not null
        union all
        select identity, 'phone:' || right(digits, 9), 'phone_and_name', source, created_at
        from phones
        where length(digits) >= 7
        union all
        select identity, email, rule, source, linked_at
        from anchored
        where email is not null
        union all
        select identity, cookie, rule, source, linked_at
        from anchored
        where cookie is not null
        union all
        select identity, linked_id, rule, source, linked_at
        from anchored
        where linked_id is not null
    )

select
    said.identity,
    said.other_identity,
    said.rule,
    rules.confidence,
    said.source,
    min(said.linked_at) over (partition by said.identity, said.other_identity) as linked_at
from said
inner join rules on said.rule = rules.rule
where said.identity is not null
qualify
    row_number() over (
        partition by said.identity, said.other_identity
        order by rules.confidence desc, said.linked_at, said.source
    )
    = 1
