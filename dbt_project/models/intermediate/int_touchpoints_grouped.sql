{{ config(materialized="view") }}

with
    touches as (select * from {{ ref("int_touchpoints_gathered") }}),

    click_ids as (select * from {{ ref("click_ids") }}),

    categories as (select * from {{ ref("source_categories") }}),

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
    )

-- Only a visit without any source is direct; of a meeting or a fair it says nothing.
select
    sourced.* exclude (effective_source, effective_medium, click_id_type),
    {{ surrogate_key("coalesce(sourced.person_id, sourced.cookie_id)") }} as visitor_key,
    case
        when
            sourced.touch_type = 'session'
            or sourced.effective_source is not null
            or sourced.effective_medium is not null
        then
            {{
                default_channel_group(
                    "sourced.effective_source",
                    "sourced.effective_medium",
                    "lower(sourced.utm_campaign)",
                    "categories.category",
                )
            }}
    end as own_channel
from sourced
left join categories on sourced.effective_source = categories.source
