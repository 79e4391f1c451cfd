{{ config(materialized="table") }}

with
    activities as (
        {{ latest_per_key(source("marketo", "activities"), ["marketo_guid"], ["_loaded_at desc"]) }}
    ),

    merges as (select * from {{ ref("base_marketo__merges") }}),

    leads as (select * from {{ source("marketo", "leads") }}),

    campaigns as (select * from {{ source("marketo", "campaigns") }}),

    programs as (select * from {{ ref("base_marketo__programs") }}),

    -- An activity of a lead that was merged away belongs to the lead that remained. Its program
    -- is that of the smart campaign that caused it; a change of status names its program itself.
    resolved as (
        select
            activities.*,
            coalesce(merges.winner_id, activities.lead_id) as winner_id,
            case
                when activities.activity_type_id = 104
                then activities.primary_attribute_value_id
                else campaigns.program_id
            end as program_id
        from activities
        left join merges on activities.lead_id = merges.loser_id
        left join campaigns on activities.campaign_id = campaigns.id
    )

select
    resolved.marketo_guid,
    cast(resolved.winner_id as varchar) as lead_id,
    cast(resolved.program_id as varchar) as program_id,
    resolved.activity_type_id,

    {{ normalise_email("leads.email") }} as email,
    coalesce(programs.name, resolved.primary_attribute_value) as program_name,
    programs.type as program_type,
    programs.channel as program_channel,
    json_extract_string(resolved.attributes, '$.Link') as link,
    json_extract_string(resolved.attributes, '$."Query Parameters"') as query_parameters,
    json_extract_string(resolved.attributes, '$."New Stage"') as new_stage,

    lower(json_extract_string(resolved.attributes, '$."Is Bot Activity"'))
    in ('true', '1') as is_bot,
    lower(json_extract_string(resolved.attributes, '$.Success')) in ('true', '1') as is_success,

    {{ utc("resolved.activity_date") }} as happened_at
from resolved
left join leads on resolved.winner_id = leads.id
left join programs on resolved.program_id = programs.id
