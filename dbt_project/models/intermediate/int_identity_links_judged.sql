with
    links as (select * from {{ ref("int_identity_links_gathered") }}),

    records as (select * from {{ ref("int_person_records_gathered") }}),

    nicknames as (select * from {{ ref("nicknames") }}),

    role_addresses as (select * from {{ ref("role_addresses") }}),

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
    counted as (
        select
            links.other_identity,
            count(distinct links.identity) as owners,
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
        from links
        left join named on links.identity = named.identity
        left join nicknames on named.first_name = nicknames.nickname
        group by links.other_identity
    ),

    ranked as (
        select
            links.*,
            counted.owners,
            counted.is_one_name,
            split_part(links.other_identity, ':', 1) as kind,
            row_number() over (
                partition by links.other_identity order by links.linked_at, links.identity
            ) as tie
        from links
        inner join counted on links.other_identity = counted.other_identity
    )

select
    ranked.* exclude (owners, is_one_name, kind, tie),
    case
        when ranked.owners = 1
        then null
        when ranked.kind = 'email' and role_addresses.local_part is not null
        then 'role address'
        when ranked.kind = 'phone' and not ranked.is_one_name
        then 'shared phone'
        -- A cookie that several people share belongs to the one it was tied to first.
        when ranked.kind = 'cookie' and not ranked.is_one_name and ranked.tie > 1
        then 'shared cookie'
    end as held_out_because
from ranked
left join
    role_addresses
    on split_part(split_part(ranked.other_identity, ':', 2), '@', 1) = role_addresses.local_part
