{{ config(materialized="table") }}

with
    events as ({{ latest_per_key(source("klaviyo", "events"), ["id"], ["_loaded_at desc"]) }}),

    metrics as (select * from {{ source("klaviyo", "metrics") }}),

    messages as (select * from {{ ref("base_klaviyo__messages") }}),

    unpacked as (
        select
            id as event_id,
            metric_id,
            profile_id,
            json_extract_string(event_properties, '$."$message"') as message_id,
            json_extract_string(event_properties, '$."$flow"') as flow_id,
            json_extract_string(event_properties, '$."Campaign Name"') as message_name,
            json_extract_string(event_properties, '$."Recipient Email Address"') as email,
            json_extract_string(event_properties, '$.URL') as url,
            json_extract_string(event_properties, '$."Bot Click"') as bot_click,
            json_extract_string(event_properties, '$.machine_open') as machine_open,
            datetime
        from events
    )

select
    unpacked.event_id,
    unpacked.profile_id,
    -- A message without a campaign belongs to a flow.
    coalesce(messages.campaign_id, unpacked.flow_id, unpacked.message_id) as campaign_id,

    metrics.name as metric_name,
    coalesce(messages.campaign_name, unpacked.message_name) as campaign_name,
    {{ normalise_email("unpacked.email") }} as email,
    unpacked.url,

    -- Klaviyo marks opens and clicks by machines, each under a name of its own.
    lower(
        case
            metrics.name
            when 'Opened Email'
            then unpacked.machine_open
            when 'Clicked Email'
            then unpacked.bot_click
            else 'false'
        end
    )
    in ('true', '1') as is_machine,

    {{ utc("unpacked.datetime") }} as happened_at
from unpacked
left join metrics on unpacked.metric_id = metrics.id
left join messages on unpacked.message_id = messages.message_id
