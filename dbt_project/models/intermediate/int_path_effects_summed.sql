with
    channel_sets as (
        select
            channel_set_key,
            any_value(conversion_type) as conversion_type,
            list_distinct(any_value(channels)) as channels
        from {{ ref("int_paths_assigned") }}
        where channels is not null
        group by channel_set_key
    ),

    effects as (select * from {{ ref("int_removal_effects_solved") }}),

    members as (
        select channel_set_key, conversion_type, unnest(channels) as channel from channel_sets
    )

select members.channel_set_key, sum(effects.removal_effect) as removal_effects
from members
inner join
    effects
    on members.conversion_type = effects.conversion_type
    and members.channel = effects.channel
group by members.channel_set_key
