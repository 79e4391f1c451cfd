with
    records as (select * from {{ ref("int_person_records_keyed") }}),

    links as (select * from {{ ref("int_identity_links_unioned") }}),

    record_ids as (
        select
            person_id,
            source,
            source || ':' || source_person_id as identity_value,
            created_at as linked_at
        from records
        where source_person_id is not null
    ),

    -- An address belongs to the person who has it; one that a merge left behind to the person it
    -- was merged into.
    addresses as (
        select person_id, source, email as identity_value, created_at as linked_at, 1 as precedence
        from records
        where email is not null
        union all
        select record_ids.person_id, links.source, links.email, links.linked_at, 2
        from links
        inner join
            record_ids on links.source || ':' || links.source_person_id = record_ids.identity_value
        where links.email is not null
    ),

    emails as (
        select person_id, source, identity_value, linked_at
        from addresses
        qualify
            row_number() over (
                partition by identity_value order by precedence, linked_at, person_id, source
            )
            = 1
    ),

    -- A cookie shared by several people belongs to the one it was tied to first.
    -- A cookie shared by several people belongs to the one it was tied to first.
    cookie_owners as (
        select
            coalesce(record_ids.person_id, emails.person_id) as person_id,
            links.source,
            links.cookie_id as identity_value,
            links.linked_at
        from links
        left join
            record_ids on links.source || ':' || links.source_person_id = record_ids.identity_value
        left join emails on links.email = emails.identity_value
        where links.cookie_id is not null
    ),

    cookies as (
        select person_id, source, identity_value, linked_at
        from cookie_owners
        where person_id is not null
        qualify
            row_number() over (partition by identity_value order by linked_at, person_id, source)
            = 1
    )

select person_id, source, 'source_id' as identity_type, identity_value, linked_at
from record_ids
union all
select person_id, source, 'email', identity_value, linked_at
from emails
union all
select person_id, source, 'cookie', identity_value, linked_at
from cookies
