with
    channel_sets as (
        select distinct conversion_type, channel_set, channel from {{ ref("int_touches_assigned") }}
    ),

    effects as (select * from {{ ref("int_removal_effects_solved") }})

select
    channel_sets.conversion_type,
    channel_sets.channel_set,
    sum(effects.removal_effect) as removal_effects
from channel_sets
inner join
    effects
    on channel_sets.conversion_type = effects.conversion_type
    and channel_sets.channel = effects.channel
group by channel_sets.conversion_type, channel_sets.channel_set
