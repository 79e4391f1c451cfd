with activities as (select * from {{ ref("base_marketo__activities") }})

select
    'marketo' as source,
    marketo_guid as source_event_id,
    program_id as source_campaign_id,
    lead_id as recipient_id,

    program_name as campaign_name,
    email,
    case
        activity_type_id
        when 6
        then 'sent'
        when 9
        then 'unsubscribed'
        when 10
        then 'opened'
        when 11
        then 'clicked'
        else 'bounced'
    end as event_type,
    link as url,

    case
        when activity_type_id = 11
        then coalesce(is_bot, false)
        -- Known bots are marked among the opens, but not the privacy proxies of mail programs.
        when activity_type_id = 10
        then nullif(coalesce(is_bot, false), false)
        else false
    end as is_machine,

    happened_at as occurred_at
from activities
where activity_type_id in (6, 8, 9, 10, 11, 27)
