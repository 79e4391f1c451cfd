with
    converted as (select * from {{ ref("int_touches_assigned") }} where touch_id is not null),

    unconverted as (select * from {{ ref("int_touches_unconverted") }}),

    steps as (
        select
            conversion_type,
            previous_channel,
            channel,
            '(conversion)' as end_state,
            count(*) as transitions,
            count(case when step = steps then 1 end) as ends
        from converted
        group by conversion_type, previous_channel, channel
        union all
        select
            conversion_type,
            previous_channel,
            channel,
            '(null)',
            count(*),
            count(case when is_last then 1 end)
        from unconverted
        group by conversion_type, previous_channel, channel
    ),

    transitions as (
        select
            conversion_type,
            coalesce(previous_channel, '(start)') as from_state,
            channel as to_state,
            transitions
        from steps
        union all
        select conversion_type, channel, end_state, ends
        from steps
        where ends > 0
    )

select conversion_type, from_state, to_state, cast(sum(transitions) as bigint) as transitions
from transitions
group by conversion_type, from_state, to_state
