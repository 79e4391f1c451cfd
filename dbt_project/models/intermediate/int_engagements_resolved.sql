with
    engagements as (select * from {{ ref("int_engagements_unioned") }} where not is_deleted),

    identities as (
        select * from {{ ref("int_identities_resolved") }} where identity_type = 'source_id'
    ),

    owners as (select * from {{ ref("int_owners_hashed") }})

select
    engagements.source || ':' || engagements.source_engagement_id as engagement_id,
    identities.person_id,
    coalesce(
        owners.owner_id,
        {{ keyed_hash("engagements.source || ':' || engagements.owner_source_id") }}
    ) as owner_id,
    engagements.source,
    engagements.kind,
    engagements.direction,
    engagements.occurred_at
from engagements
left join
    identities
    on engagements.source || ':' || engagements.source_person_id = identities.identity_value
left join
    owners
    on engagements.source = owners.source
    and engagements.owner_source_id = owners.source_owner_id
