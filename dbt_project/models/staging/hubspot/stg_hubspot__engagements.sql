with
    calls as ({{ hubspot_records("calls") }}),

    emails as ({{ hubspot_records("emails") }}),

    meetings as ({{ hubspot_records("meetings") }}),

    contacts as (select * from {{ ref("base_hubspot__contact_of_records") }}),

    activities as (
        select
            'calls' as object_type,
            'call' as kind,
            id,
            hubspot_owner_id,
            lower(hs_call_direction) as direction,
            hs_timestamp,
            is_deleted
        from calls
        union all
        select
            'emails',
            'email',
            id,
            hubspot_owner_id,
            case
                hs_email_direction when 'EMAIL' then 'outbound' when 'INCOMING_EMAIL' then 'inbound'
            end,
            hs_timestamp,
            is_deleted
        from emails
        union all
        select 'meetings', 'meeting', id, hubspot_owner_id, null, hs_timestamp, is_deleted
        from meetings
    )

select
    'hubspot' as source,
    activities.kind || ':' || activities.id as source_engagement_id,
    contacts.contact_id as source_person_id,
    activities.hubspot_owner_id as owner_source_id,

    activities.kind,
    activities.direction,

    activities.is_deleted,

    {{ utc("activities.hs_timestamp") }} as occurred_at
from activities
left join
    contacts on activities.object_type = contacts.from_type and activities.id = contacts.from_id
