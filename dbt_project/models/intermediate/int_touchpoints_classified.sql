with
    touches as (select * from {{ ref("int_touchpoints_gathered") }}),

    click_ids as (select * from {{ ref("click_ids") }}),

    categories as (select * from {{ ref("source_categories") }}),

    channel_words as (select * from {{ ref("int_channel_words_mapped") }}),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }}),

    -- A click id names the platform where the UTMs do not.
    sourced as (
        select
            touches.*,
            lower(coalesce(click_ids.utm_source, touches.utm_source)) as effective_source,
            lower(
                case
                    when
                        click_ids.utm_medium is not null
                        and coalesce(touches.utm_medium, '(none)') = '(none)'
                    then click_ids.utm_medium
                    else touches.utm_medium
                end
            ) as effective_medium
        from touches
        left join
            click_ids
            on touches.click_id_type = click_ids.click_id_type
            and coalesce(touches.utm_source, '(direct)') = '(direct)'
    ),

    grouped as (
        select
            sourced.*,
            {{
                default_channel_group(
                    "sourced.effective_source",
                    "sourced.effective_medium",
                    "lower(sourced.utm_campaign)",
                    "categories.category",
                )
            }} as channel_group
        from sourced
        left join categories on sourced.effective_source = categories.source
    )

select
    grouped.touch_id,
    grouped.touch_key,
    grouped.person_id,
    grouped.cookie_id,
    {{ surrogate_key("coalesce(grouped.person_id, grouped.cookie_id)") }} as visitor_key,
    grouped.source,
    grouped.touch_type,
    -- Only a visit without any source is direct; a meeting or a fair without UTMs goes by its own
    -- word.
    case
        when
            grouped.touch_type = 'session'
            or grouped.effective_source is not null
            or grouped.effective_medium is not null
        then grouped.channel_group
        else coalesce(channel_words.channel, 'Unassigned')
    end as channel,
    {{ canonical_name("coalesce(campaign_mapping.campaign, grouped.utm_campaign)") }} as campaign,
    grouped.utm_content as content,
    grouped.touched_at
from grouped
left join
    channel_words on {{ canonical_name("grouped.channel_detail") }} = channel_words.channel_word
left join
    campaign_mapping
    on grouped.source = campaign_mapping.source
    and grouped.utm_campaign = campaign_mapping.name
