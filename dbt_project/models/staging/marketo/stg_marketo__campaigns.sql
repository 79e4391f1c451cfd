with programs as (select * from {{ ref("base_marketo__programs") }})

select
    'marketo' as source,
    workspace as account_id,
    cast(id as varchar) as source_campaign_id,

    {{ blank_to_null("name") }} as name,
    -- Only a program of e-mails is a channel by itself; a webinar is reached through others.
    case when lower(type) in ('email', 'engagement') then 'Email' else 'Unassigned' end as channel,
    {{ blank_to_null("status") }} as status,

    {{ home_date(utc("created_at")) }} as started_on,
    cast(null as date) as ended_on
from programs
