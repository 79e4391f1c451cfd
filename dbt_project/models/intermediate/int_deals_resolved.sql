with
    deals as (select * from {{ ref("int_deals_unioned") }} where not is_deleted),

    identities as (
        select * from {{ ref("int_identities_resolved") }} where identity_type = 'source_id'
    ),

    companies as (select * from {{ ref("int_companies_identified") }}),

    owners as (select * from {{ ref("int_owners_hashed") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    -- A deal that closed after the as-of was open at it.
    timed as (select deals.*, coalesce(closed_at > {{ as_of() }}, false) as closes_later from deals)

select
    timed.source || ':' || timed.source_deal_id as deal_id,
    identities.person_id,
    companies.company_id,
    coalesce(
        owners.owner_id, {{ keyed_hash("timed.source || ':' || timed.owner_source_id") }}
    ) as owner_id,
    timed.source,
    timed.customer_id,
    timed.name,
    timed.product_id,
    timed.pipeline,
    timed.stage_name,
    timed.channel_detail,
    timed.currency,
    timed.stage_probability,
    timed.amount,
    timed.gross_margin,
    coalesce(timed.is_won, false) and not timed.closes_later as is_won,
    coalesce(timed.is_lost, false) and not timed.closes_later as is_lost,
    timed.closes_later or not coalesce(timed.is_won or timed.is_lost, false) as is_open,
    timed.opened_at,
    case when timed.offer_sent_at <= {{ as_of() }} then timed.offer_sent_at end as offer_sent_at,
    -- A deal of which only the day it closed is known did not close before it was opened that day.
    case
        when not timed.closes_later
        then {{ no_earlier_that_day("timed.closed_at", "timed.opened_at", "run.time_zone") }}
    end as closed_at
from timed
cross join run
left join identities on timed.source || ':' || timed.source_person_id = identities.identity_value
left join
    companies
    on timed.source = companies.source
    and timed.source_company_id = companies.source_company_id
left join owners on timed.source = owners.source and timed.owner_source_id = owners.source_owner_id
