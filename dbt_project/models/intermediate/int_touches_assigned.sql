-- Incremental: only conversions that are new, or no longer what they were (forget_changed_paths).
with
    conversions as (
        select *
        from {{ ref("int_conversions_gathered") }}
        {% if is_incremental() %}
            where
                fingerprint
                not in (select known.fingerprint from {{ this }} as known where known.step = 1)
        {% endif %}
    ),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    -- A conversion without a touch keeps one row, which is credited like a path of one touch.
    paths as (
        select
            conversions.*,
            touches.touch_id,
            coalesce(touches.channel, 'Unassigned') as channel,
            touches.campaign,
            touches.content,
            touches.touched_at,
            coalesce(
                pow(2, -{{ days_between("touches.touched_at", "conversions.converted_at") }} / 7), 1
            ) as decay,
            row_number() over path as step,
            lag(touches.channel) over path as previous_channel
        from conversions
        left join
            touches
            on conversions.person_id = touches.person_id
            and touches.touched_at >= conversions.path_opens_at
            and touches.touched_at < conversions.converted_at
        window
            path as (
                partition by conversions.fingerprint order by touches.touched_at, touches.touch_id
            )
    ),

    channels as (
        select
            fingerprint,
            channel,
            count(*) as channel_steps,
            count(*) over path as path_channels,
            bit_xor({{ fingerprint(["channel"]) }}) over path as channel_set
        from paths
        group by fingerprint, channel
        window path as (partition by fingerprint)
    ),

    -- The touch that made a milestone is the last at or before it, where that is on the path.
    places as (
        select
            fingerprint,
            count(*) as steps,
            max(case when channel <> 'Direct' then step end) as last_non_direct_step,
            max(case when touched_at <= lead_at then step end) as lead_step,
            max(case when touched_at <= opportunity_at then step end) as opportunity_step,
            sum(decay) as path_decay
        from paths
        group by fingerprint
    )

select
    paths.* exclude (decay, path_opens_at, lead_at, opportunity_at),
    places.steps,
    coalesce(places.last_non_direct_step, places.steps) as last_non_direct_step,
    places.lead_step,
    places.opportunity_step,
    paths.decay / places.path_decay as decay_share,
    channels.channel_steps,
    channels.path_channels,
    channels.channel_set
from paths
inner join places using (fingerprint)
inner join channels using (fingerprint, channel)
