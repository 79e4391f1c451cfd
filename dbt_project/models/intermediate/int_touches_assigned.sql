-- Incremental: only conversions that are new, or no longer what they were (forget_changed_paths).
with
    conversions as (
        select *
        from {{ ref("int_conversions_gathered") }}
        {% if is_incremental() %}
            where fingerprint not in (select fingerprint from {{ this }} where step = 1)
        {% endif %}
    ),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    -- Numbers stand for names and ids. A conversion without a touch keeps one row.
    assigned as (
        select
            conversions.*,
            touches.touched_at,
            touches.touch_key,
            {{ fingerprint(["coalesce(touches.channel, 'Unassigned')"]) }} as channel_key,
            {{ days_between("touches.touched_at", "conversions.converted_at") }} as days
        from conversions
        left join
            touches
            on conversions.visitor_key = touches.visitor_key
            and touches.touched_at >= conversions.path_opens_at
            and touches.touched_at < conversions.converted_at
    ),

    -- The touch that made a milestone is the last at or before it, where that is on the path.
    gathered as (
        select
            fingerprint,
            {{ surrogate_key("conversion_type") }} as conversion_type_key,
            list_sort(list(struct_pack(touched_at, touch_key, channel_key, days))) as path,
            count(*) as steps,
            count(case when touched_at <= lead_at then 1 end) as lead_step,
            count(case when touched_at <= opportunity_at then 1 end) as opportunity_step,
            sum(pow(2, - days / 7)) as path_decay
        from assigned
        group by 1, 2
    ),

    paths as (select *, list_transform(path, touch -> touch.channel_key) as channels from gathered),

    -- Each channel counts once in the set, by whichever of its touches.
    places as (
        select
            *,
            list_sort(list_distinct(channels)) as channel_set,
            list_max(
                list_filter(
                    generate_series(1, steps),
                    place -> {{ element_at("channels", "place") }}
                    <> {{ fingerprint(["'Direct'"]) }}
                )
            ) as not_direct_step
        from paths
    ),

    walked as (select *, unnest(generate_series(1, steps)) as step from places)

select
    fingerprint,
    conversion_type_key,
    {{ element_at("path", "step") }}.touch_key as touch_key,
    {{ element_at("path", "step") }}.touched_at as touched_at,
    {{ element_at("channels", "step") }} as channel_key,
    case when step > 1 then {{ element_at("channels", "step - 1") }} end as previous_channel_key,
    array_length(
        list_filter(channels, channel -> channel = {{ element_at("channels", "step") }})
    ) as channel_steps,
    coalesce(pow(2, -{{ element_at("path", "step") }}.days / 7) / path_decay, 1) as decay_share,
    step,
    steps,
    nullif(lead_step, 0) as lead_step,
    nullif(opportunity_step, 0) as opportunity_step,
    coalesce(not_direct_step, steps) as last_non_direct_step,
    array_length(channel_set) as path_channels,
    {{ fingerprint(["conversion_type_key", "channel_set"]) }} as channel_set
from walked
