with
    deals as ({{ hubspot_records("deals") }}),

    stages as (
        select * from {{ ref("base_hubspot__pipeline_stages") }} where object_type = 'deals'
    ),

    contacts as (
        select * from {{ ref("base_hubspot__contact_of_records") }} where from_type = 'deals'
    ),

    -- A deal with several companies belongs to the one that was created first.
    companies as (
        select from_id, to_id as company_id
        from {{ ref("base_hubspot__associations") }}
        where from_type = 'deals' and to_type = 'companies'
        qualify row_number() over (partition by from_id order by length(to_id), to_id) = 1
    )

select
    'hubspot' as source,
    deals.id as source_deal_id,
    contacts.contact_id as source_person_id,
    companies.company_id as source_company_id,
    cast(null as varchar) as customer_id,
    deals.hubspot_owner_id as owner_source_id,
    {{ blank_to_null("deals.product") }} as product_id,

    {{ blank_to_null("deals.dealname") }} as name,
    coalesce(stages.pipeline_label, deals.pipeline) as pipeline,
    coalesce(stages.stage_label, deals.dealstage) as stage_name,
    {{ blank_to_null("deals.hs_analytics_source") }} as channel_detail,
    upper({{ blank_to_null("deals.deal_currency_code") }}) as currency,

    deals.amount,
    cast(null as decimal(18, 2)) as gross_margin,
    stages.probability as stage_probability,

    coalesce(stages.is_closed and stages.probability = 1, false) as is_won,
    coalesce(stages.is_closed and stages.probability < 1, false) as is_lost,
    deals.is_deleted,

    {{ utc("deals.createdate") }} as opened_at,
    {{ utc("deals.hs_v2_date_entered_contractsent") }} as offer_sent_at,
    -- The close date of an open deal is a plan, not an event.
    case when stages.is_closed then {{ utc("deals.closedate") }} end as closed_at
from deals
left join stages on deals.pipeline = stages.pipeline_id and deals.dealstage = stages.stage_id
left join contacts on deals.id = contacts.from_id
left join companies on deals.id = companies.from_id
