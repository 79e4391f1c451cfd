with
    people as (select * from {{ ref("int_people_unioned") }}),

    orders as (select * from {{ ref("int_orders_unioned") }}),

    deleted as (select email from people where is_deleted and email is not null),

    -- Who ordered without being in any list of people is known by the address of the order,
    -- unless that was deleted.
    buyers as (
        select source, email, min(ordered_at) as created_at
        from orders
        where source_person_id is null and email is not null
        group by source, email
    )

select
    'source_id:' || source || ':' || source_person_id as identity,
    source,
    source_person_id,
    email,
    first_name,
    last_name,
    phone,
    job_title,
    country,
    source_company_id,
    company_name,
    address,
    postal_code,
    city,
    date_of_birth,
    owner_source_id,
    channel_detail,
    sales_status,
    created_at,
    updated_at
from people
where not is_deleted
union all
select
    'email:' || email,
    source,
    null,
    email,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    null,
    created_at,
    created_at
from buyers
where email not in (select deleted.email from deleted)
