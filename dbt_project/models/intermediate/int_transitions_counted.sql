with
    converted as (select * from {{ ref("int_touches_assigned") }} where touch_key is not null),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    unconverted as (
        select *, {{ surrogate_key("conversion_type") }} as conversion_type_key
        from {{ ref("int_touches_unconverted") }}
    ),

    steps as (
        select
            conversion_type_key,
            previous_channel_key,
            channel_key,
            '(conversion)' as end_state,
            count(*) as transitions,
            count(case when step = steps then 1 end) as ends
        from converted
        group by 1, 2, 3
        union all
        select
            conversion_type_key,
            previous_channel_key,
            channel_key,
            '(null)',
            count(*),
            count(case when is_last then 1 end)
        from unconverted
        group by 1, 2, 3
    ),

    -- What the numbers stand for is looked up once they are few.
    names as (
        select distinct channel as name
        from touches
        union all
        select 'won_revenue'
        union all
        select 'became_sql'
    ),

    keyed as (select name, {{ surrogate_key("name") }} as name_key from names),

    transitions as (
        select
            conversion_type_key,
            coalesce(previous.name, '(start)') as from_state,
            channel.name as to_state,
            transitions
        from steps
        inner join keyed as channel on steps.channel_key = channel.name_key
        left join keyed as previous on steps.previous_channel_key = previous.name_key
        union all
        select steps.conversion_type_key, channel.name, steps.end_state, steps.ends
        from steps
        inner join keyed as channel on steps.channel_key = channel.name_key
        where steps.ends > 0
    )

select
    conversion_type.name as conversion_type,
    transitions.from_state,
    transitions.to_state,
    cast(sum(transitions.transitions) as bigint) as transitions
from transitions
inner join keyed as conversion_type on transitions.conversion_type_key = conversion_type.name_key
group by conversion_type.name, transitions.from_state, transitions.to_state
