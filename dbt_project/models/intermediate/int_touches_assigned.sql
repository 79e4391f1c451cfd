-- Incremental: only conversions that are new, or no longer what they were (forget_changed_paths).
with
    conversions as (
        select gathered.*
        from {{ ref("int_conversions_gathered") }} as gathered
        {% if is_incremental() %}
            left join
                {{ this }} as known on gathered.fingerprint = known.fingerprint and known.step = 1
            where known.fingerprint is null
        {% endif %}
    ),

    touches as (select * from {{ ref("int_touchpoints_classified") }}),

    described as (select * from {{ ref("int_touchpoints_classified") }}),

    -- Millions of rows are sorted here, so they carry numbers; what describes a touch comes last.
    -- A conversion without a touch keeps one row, which is credited like a path of one touch.
    paths as (
        select
            conversions.fingerprint,
            conversions.conversion_type,
            conversions.lead_at,
            conversions.opportunity_at,
            touches.visitor_key,
            touches.touch_key,
            touches.touched_at,
            coalesce(touches.channel, 'Unassigned') as channel,
            coalesce(
                pow(2, -{{ days_between("touches.touched_at", "conversions.converted_at") }} / 7), 1
            ) as decay,
            row_number() over path as step,
            lag(touches.channel) over path as previous_channel,
            count(*) over of_channel as channel_steps,
            row_number() over of_channel as channel_step
        from conversions
        left join
            touches
            on conversions.visitor_key = touches.visitor_key
            and touches.touched_at >= conversions.path_opens_at
            and touches.touched_at < conversions.converted_at
        window
            path as (
                partition by conversions.fingerprint order by touches.touched_at, touches.touch_key
            ),
            of_channel as (partition by conversions.fingerprint, touches.channel)
    ),

    -- The touch that made a milestone is the last at or before it, where that is on the path. Each
    -- channel counts once, by whichever of its touches.
    places as (
        select
            fingerprint,
            count(*) as steps,
            coalesce(
                max(case when channel <> 'Direct' then step end), count(*)
            ) as last_non_direct_step,
            max(case when touched_at <= lead_at then step end) as lead_step,
            max(case when touched_at <= opportunity_at then step end) as opportunity_step,
            sum(decay) as path_decay,
            count(case when channel_step = 1 then 1 end) as path_channels,
            bit_xor(
                case when channel_step = 1 then {{ fingerprint(["channel"]) }} end
            ) as channel_set
        from paths
        group by fingerprint
    )

select
    paths.* exclude (visitor_key, touch_key, lead_at, opportunity_at, decay, channel_step),
    described.touch_id,
    described.campaign,
    described.content,
    places.* exclude (fingerprint, path_decay),
    paths.decay / places.path_decay as decay_share
from paths
inner join places on paths.fingerprint = places.fingerprint
left join
    described on paths.visitor_key = described.visitor_key and paths.touch_key = described.touch_key
