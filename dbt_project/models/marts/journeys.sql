with
    assigned as (select * from {{ ref("int_touches_assigned") }}),

    unconverted as (select * from {{ ref("int_touches_unconverted") }}),

    touches as (
        select
            conversion_type,
            conversion_id as traveller_id,
            person_id,
            case when touch_id is not null then channel end as channel,
            step,
            conversion_revenue,
            touched_at,
            converted_at
        from assigned
        union all
        select conversion_type, visitor_id, person_id, channel, step, null, touched_at, null
        from unconverted
    ),

    travelled as (
        select
            conversion_type,
            traveller_id,
            person_id,
            conversion_revenue,
            string_agg(channel, ' > ' order by step) as path,
            count(touched_at) as length,
            count(distinct channel) as channels,
            min(touched_at) as started_at,
            max(touched_at) as ended_at,
            converted_at
        from touches
        group by conversion_type, traveller_id, person_id, conversion_revenue, converted_at
    )

-- Who has not converted is known by a person or a cookie, which is hidden.
select
    conversion_type,
    case
        when converted_at is null then {{ keyed_hash("traveller_id") }} else traveller_id
    end as journey_id,
    person_id,
    path,
    length,
    channels,
    {{ days_between("started_at", "coalesce(converted_at, ended_at)") }} as days,
    conversion_revenue,
    converted_at is not null as is_converted,
    started_at,
    ended_at,
    converted_at
from travelled
