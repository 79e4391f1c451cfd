with
    people as (select * from {{ ref("int_people_resolved") }}),

    nicknames as (select * from {{ ref("nicknames") }}),

    spelled as (
        select
            person_id,
            {{ plain_name("first_name") }} as first_name,
            {{ plain_name("last_name") }} as last_name,
            -- Without a web domain the company's id is source:id, which cannot be compared.
            case when company_id not like '%:%' then company_id end as company_domain,
            nullif(right({{ phone_digits("phone") }}, 9), '') as phone,
            nullif(lower(trim(address)), '') as address,
            nullif(lower(trim(city)), '') as city,
            nullif(lower(trim(postal_code)), '') as postal_code,
            nullif(regexp_replace(date_of_birth, '[^0-9]', '', 'g'), '') as date_of_birth
        from people
    ),

    traits as (
        {% for field in compared_fields() %}
            select person_id, '{{ field }}' as field, {{ field }} as trait
            from spelled
            where {{ field }} is not null {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    called as (
        select
            traits.person_id,
            traits.field,
            case
                when traits.field = 'first_name'
                then coalesce(nicknames.first_name, traits.trait)
                else traits.trait
            end as trait
        from traits
        left join nicknames on traits.trait = nicknames.nickname
    )

-- The fewer people share a value, the more it says.
select
    person_id,
    field,
    trait,
    cast(count(*) over (partition by field, trait) as double)
    / count(*) over (partition by field) as share
from called
