with
    converted as (select * from {{ ref("int_touches_assigned") }} where touch_id is not null),

    unconverted as (select * from {{ ref("int_touches_unconverted") }}),

    steps as (
        select
            conversion_type,
            coalesce(previous_channel, '(start)') as from_state,
            channel as to_state
        from converted
        union all
        select conversion_type, channel, '(conversion)'
        from converted
        where step = steps
        union all
        select conversion_type, coalesce(previous_channel, '(start)'), channel
        from unconverted
        union all
        select conversion_type, channel, '(null)'
        from unconverted
        where is_last
    )

select conversion_type, from_state, to_state, count(*) as transitions
from steps
group by conversion_type, from_state, to_state
