with
    paths as (
        select conversion_type, channels_key, list_distinct(any_value(channels)) as channel_set
        from {{ ref("int_paths_assigned") }}
        where channels is not null
        group by conversion_type, channels_key
    ),

    effects as (select * from {{ ref("int_removal_effects_solved") }}),

    channels as (select conversion_type, channels_key, unnest(channel_set) as channel from paths)

select
    channels.conversion_type, channels.channels_key, sum(effects.removal_effect) as removal_effects
from channels
inner join
    effects
    on channels.conversion_type = effects.conversion_type
    and channels.channel = effects.channel
group by channels.conversion_type, channels.channels_key
