with
    links as (select * from {{ ref("int_identity_links_gathered") }}),

    records as (select * from {{ ref("int_person_records_gathered") }}),

    nicknames as (select * from {{ ref("nicknames") }}),

    role_addresses as (select * from {{ ref("role_addresses") }}),

    ranked as (
        select
            *,
            split_part(other_identity, ':', 1) as kind,
            count(*) over (partition by other_identity) as owners,
            row_number() over (partition by other_identity order by linked_at, identity) as tie
        from links
    ),

    spelled as (
        select
            identity,
            'email:' || email as email,
            {{ plain_name("split_part(trim(first_name), ' ', 1)") }} as first_name,
            {{ plain_name("last_name") }} as last_name
        from records
    ),

    -- An address goes by the names of the records that have it.
    named as (
        select identity, first_name, last_name
        from spelled
        union all
        select email, first_name, last_name
        from spelled
        where email <> identity
    ),

    -- Compatible are the same last names, with first names that are the same or an initial.
    compared as (
        select
            ranked.other_identity,
            count(*) = count(named.last_name)
            and count(*) = count(named.first_name)
            and count(distinct named.last_name) = 1
            and count(distinct left(named.first_name, 1)) = 1
            and count(
                distinct case
                    when length(named.first_name) > 1
                    then coalesce(nicknames.first_name, named.first_name)
                end
            )
            <= 1 as is_one_name
        from ranked
        left join named on ranked.identity = named.identity
        left join nicknames on named.first_name = nicknames.nickname
        where ranked.owners > 1
        group by ranked.other_identity
    )

select
    ranked.* exclude (owners, kind, tie),
    case
        when ranked.owners = 1
        then null
        when ranked.kind = 'email' and role_addresses.local_part is not null
        then 'role address'
        when ranked.kind = 'phone' and not compared.is_one_name
        then 'shared phone'
        -- A cookie that several people share belongs to the one it was tied to first.
        when ranked.kind = 'cookie' and not compared.is_one_name and ranked.tie > 1
        then 'shared cookie'
    end as held_out_because
from ranked
left join compared on ranked.other_identity = compared.other_identity
left join
    role_addresses
    on split_part(split_part(ranked.other_identity, ':', 2), '@', 1) = role_addresses.local_part
