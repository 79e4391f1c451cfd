with
    marketing_emails as (
        {{
            latest_per_key(
                source("hubspot", "marketing_emails"),
                ["id"],
                ["updated_at desc nulls last", "_loaded_at desc"],
            )
        }}
    )

select
    'hubspot' as source,
    id as source_campaign_id,

    coalesce({{ blank_to_null("campaign_name") }}, name) as campaign_name,

    sent,
    delivered,
    open as unique_opens,
    cast(null as bigint) as unique_opens_human,
    click as unique_clicks,
    cast(null as bigint) as total_clicks,
    bounce as bounced,
    unsubscribed,

    {{ utc("published_at") }} as sent_at
from marketing_emails
where published_at is not null and sent > 0
