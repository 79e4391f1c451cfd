with
    events as (select * from {{ ref("int_email_events_unioned") }}),

    identities as (
        select * from {{ ref("int_identities_resolved") }} where identity_type = 'email'
    ),

    campaign_mapping as (select * from {{ ref("stg_settings__campaign_mapping") }}),

    deduplicated as (
        select *
        from events
        qualify row_number() over (partition by source, source_event_id order by occurred_at) = 1
    )

select
    deduplicated.source || ':' || deduplicated.source_event_id as email_event_id,
    identities.person_id,
    deduplicated.source || ':' || deduplicated.recipient_id as recipient_id,
    deduplicated.source,
    deduplicated.source_campaign_id,
    {{ canonical_name("coalesce(campaign_mapping.campaign, deduplicated.campaign_name)") }}
    as campaign,
    deduplicated.event_type,
    deduplicated.url,
    deduplicated.is_machine,
    deduplicated.occurred_at
from deduplicated
left join identities on deduplicated.email = identities.identity_value
left join
    campaign_mapping
    on deduplicated.source = campaign_mapping.source
    and deduplicated.campaign_name = campaign_mapping.name
