-- Incremental: only sendings that were read again, or are otherwise not what they were
-- (forget_changed).
{% set answers = {"open": "opened", "click": "clicked", "bounce": "bounced"} %}
{% set record = "campaign_id, list_id, email_id, email_address, _loaded_at" %}
{% set scanner_seconds = 30 %}

with
    sendings as (
        select *
        from {{ ref("base_mailchimp__sendings") }}
        {% if is_incremental() %}
            where fingerprint not in (select sending_fingerprint from {{ this }})
        {% endif %}
    ),

    gathered as (
        select {{ record }}, 'sent' as event_type, null as url, null as timestamp
        from {{ source("mailchimp", "email_recipients") }}
        union all
        select {{ record }}, 'unsubscribed', null, timestamp
        from {{ source("mailchimp", "unsubscribes") }}
        {% for action, event_type in answers.items() %}
            union all
            select {{ record }}, '{{ event_type }}', url, timestamp
            from {{ source("mailchimp", "email_activity") }}
            where action = '{{ action }}'
        {% endfor %}
    ),

    timed as (
        select
            gathered.* exclude (timestamp),
            sendings.campaign_name,
            coalesce(gathered.timestamp, sendings.send_time) as timestamp,
            date_diff('second', sendings.send_time, gathered.timestamp) as seconds_after_send,
            sendings.fingerprint as sending_fingerprint
        from gathered
        inner join sendings on gathered.campaign_id = sendings.campaign_id
    ),

    events as (
        {{
            latest_per_key(
                "timed",
                ["campaign_id", "email_id", "event_type", "url", "timestamp"],
                ["_loaded_at desc"],
            )
        }}
    ),

    -- A scanner follows several links of an e-mail within seconds of its delivery; nobody reads
    -- that fast.
    scanned as (
        select campaign_id, email_id
        from events
        where event_type = 'clicked' and seconds_after_send <= {{ scanner_seconds }}
        group by campaign_id, email_id
        having count(distinct url) > 1
    )

select
    concat_ws(
        ':', events.campaign_id, events.email_id, event_type, timestamp, md5(url)
    ) as event_id,
    events.* exclude (_loaded_at, seconds_after_send),
    case
        when events.event_type = 'clicked'
        then scanned.email_id is not null and events.seconds_after_send <= {{ scanner_seconds }}
        -- Opens come without a word on who opened: privacy proxies are only taken out of the
        -- report's totals.
        when events.event_type <> 'opened'
        then false
    end as is_machine
from events
left join scanned on events.campaign_id = scanned.campaign_id and events.email_id = scanned.email_id
