-- Incremental: only buckets of visitors that are not what they were (forget_changed).
-- depends_on: {{ ref("int_visitor_buckets_fingerprinted") }}
with
    conversions as (
        select *
        from {{ ref("int_conversions_gathered") }}
        {% if is_incremental() %}
            where bucket_fingerprint not in (select bucket_fingerprint from {{ this }})
        {% endif %}
    ),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    assigned as (
        select
            conversions.*,
            touches.touch_key,
            touches.touched_at,
            touches.channel,
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
            bucket_fingerprint,
            conversion_type,
            list_sort(
                list(struct_pack(touched_at, touch_key, channel)) filter (
                    where touch_key is not null
                )
            ) as path,
            greatest(count(touch_key), 1) as steps,
            count(case when touched_at <= lead_at then 1 end) as lead_step,
            count(case when touched_at <= opportunity_at then 1 end) as opportunity_step,
            sum(pow(2, - days / 7)) as path_decay
        from assigned
        group by fingerprint, bucket_fingerprint, conversion_type
    ),

    paths as (
        select
            *,
            list_transform(path, touch -> touch.channel) as channels,
            list_sort(list_distinct(channels)) as channel_set
        from gathered
    )

-- Each list has an element per touch, in the order of the path.
select
    * exclude (path, channel_set),
    {{ fingerprint(["conversion_type", "channels"]) }} as channels_key,
    {{ fingerprint(["conversion_type", "channel_set"]) }} as channel_set_key,
    list_transform(path, touch -> touch.touch_key) as touch_keys,
    list_transform(path, touch -> touch.touched_at) as touched_ats,
    list_transform(
        channels, channel -> array_length(list_filter(channels, other -> other = channel))
    ) as channel_steps,
    coalesce(array_length(channel_set), 1) as path_channels,
    coalesce(
        list_max(
            list_filter(
                generate_series(1, steps),
                place -> {{ element_at("channels", "place") }} <> 'Direct'
            )
        ),
        steps
    ) as last_non_direct_step,
    -- Milestones of w_shaped: the first touch, and those that made the lead and the opportunity.
    1
    + cast(lead_step > 1 as integer)
    + cast(opportunity_step > 1 and opportunity_step <> lead_step as integer) as w_shaped_touches
from paths
