with
    -- One record alone contradicts nothing.
    records as (
        select records.*, identities.person_id
        from {{ ref("int_person_records_gathered") }} as records
        inner join
            {{ ref("int_identities_resolved") }} as identities
            on records.identity = identities.identity
        qualify count(*) over (partition by identities.person_id) > 1
    ),

    said as (
        {% for field, as_compared in {
            "first_name": plain_name("first_name"),
            "last_name": plain_name("last_name"),
            "phone": "nullif(right(" ~ phone_digits("phone") ~ ", 9), '')",
            "job_title": plain_name("job_title"),
            "country": plain_name("country"),
            "company_name": plain_name("company_name"),
        }.items() %}
            select
                person_id,
                '{{ field }}' as field,
                identity,
                source,
                {{ field }} as field_value,
                {{ as_compared }} as compared,
                created_at,
                updated_at
            from records
            where {{ field }} is not null {{ "union all" if not loop.last }}
        {% endfor %}
    ),

    -- Spelling alone is no conflict.
    counted as (
        select
            *,
            min(compared) over person_field as first_of_all,
            max(compared) over person_field as last_of_all
        from said
        window person_field as (partition by person_id, field)
    )

select person_id, field, identity, source, field_value, created_at, updated_at
from counted
where first_of_all <> last_of_all
