with
    channel_sets as (
        select distinct conversion_type_key, channel_set, channel_key
        from {{ ref("int_touches_assigned") }}
    ),

    effects as (select * from {{ ref("int_removal_effects_solved") }})

select channel_sets.channel_set, sum(effects.removal_effect) as removal_effects
from channel_sets
inner join
    effects
    on channel_sets.conversion_type_key = {{ surrogate_key("effects.conversion_type") }}
    and channel_sets.channel_key = {{ surrogate_key("effects.channel") }}
group by channel_sets.channel_set
