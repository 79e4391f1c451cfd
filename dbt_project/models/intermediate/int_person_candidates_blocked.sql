{% set keys = [
    "phone",
    "date_of_birth",
    "address",
    "first_name || last_name",
    "first_name || postal_code",
    "last_name || postal_code",
    "first_name || company_domain",
    "last_name || company_domain",
    "first_name || city",
    "last_name || city",
    "left(last_name, 2) || left(date_of_birth, 6)",
    "left(first_name, 2) || right(date_of_birth, 4)",
    "postal_code || substr(date_of_birth, 3, 4)",
    "last_name || left(date_of_birth, 4)",
    "left(address, 8) || left(city, 3)",
] %}

with
    traits as (select * from {{ ref("int_person_traits_spelled") }}),

    people as (
        select
            person_id,
            {% for field in compared_fields() %}
                max(case when field = '{{ field }}' then trait end) as {{ field }}
                {{- "," if not loop.last }}
            {% endfor %}
        from traits
        group by person_id
    ),

    -- Only who shares one of these is compared, and only where few share it.
    keyed as (
        {% for key in keys %}
            select person_id, '{{ loop.index }}:' || {{ key }} as block_key
            from people
            where {{ key }} is not null {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    blocks as (select block_key from keyed group by block_key having count(*) between 2 and 20)

select distinct one.person_id, other.person_id as other_person_id
from blocks
inner join keyed as one on blocks.block_key = one.block_key
inner join keyed as other on blocks.block_key = other.block_key and one.person_id < other.person_id
