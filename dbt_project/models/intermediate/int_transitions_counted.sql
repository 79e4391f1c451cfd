with
    paths as (select * from {{ ref("int_paths_assigned") }} where channels is not null),

    unconverted as (select * from {{ ref("int_touches_unconverted") }}),

    -- Paths through the same channels are counted before they are walked.
    converted as (
        select
            any_value(conversion_type) as conversion_type,
            any_value(channels) as channels,
            any_value(steps) as steps,
            count(*) as paths
        from paths
        group by channels_key
    ),

    walked as (select *, unnest(generate_series(1, steps)) as step from converted),

    steps as (
        select
            conversion_type,
            case
                when step > 1 then {{ element_at("channels", "step - 1") }}
            end as previous_channel,
            {{ element_at("channels", "step") }} as channel,
            '(conversion)' as end_state,
            sum(paths) as transitions,
            sum(case when step = steps then paths end) as ends
        from walked
        group by 1, 2, 3
        union all
        select
            conversion_type,
            previous_channel,
            channel,
            '(null)',
            count(*),
            nullif(count(case when is_last then 1 end), 0)
        from unconverted
        group by 1, 2, 3
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
        where ends is not null
    )

select conversion_type, from_state, to_state, cast(sum(transitions) as bigint) as transitions
from transitions
group by conversion_type, from_state, to_state
