with
    opportunities as ({{ salesforce_records("opportunity") }}),

    leads as (select * from {{ source("salesforce", "lead") }} where is_converted),

    survivors as (select * from {{ ref("base_salesforce__survivors") }}),

    stages as (select * from {{ ref("base_salesforce__opportunity_stages") }}),

    run as (select time_zone from {{ ref("stg_settings__run") }}),

    -- The contact that an opportunity names, else the lead from which it was converted.
    origins as (
        select converted_opportunity_id as opportunity_id, min(id) as lead_id
        from leads
        group by converted_opportunity_id
    ),

    -- The product of the line item with the highest total.
    products as (
        select opportunity_id, arg_max(product_code, (total_price, id)) as product_code
        from {{ source("salesforce", "opportunity_line_item") }}
        where not coalesce(is_deleted, false)
        group by opportunity_id
    )

select
    'salesforce' as source,
    opportunities.id as source_deal_id,
    people.survivor_id as source_person_id,
    accounts.survivor_id as source_company_id,
    cast(null as varchar) as customer_id,
    case when opportunities.owner_id like '005%' then opportunities.owner_id end as owner_source_id,
    {{ blank_to_null("products.product_code") }} as product_id,

    {{ blank_to_null("opportunities.name") }} as name,
    cast(null as varchar) as pipeline,
    opportunities.stage_name,
    {{ blank_to_null("opportunities.lead_source") }} as channel_detail,
    upper({{ blank_to_null("opportunities.currency_iso_code") }}) as currency,

    opportunities.amount,
    cast(null as decimal(18, 2)) as gross_margin,
    opportunities.probability / 100 as stage_probability,

    coalesce(opportunities.is_won, false) as is_won,
    coalesce(opportunities.is_closed and not opportunities.is_won, false) as is_lost,
    opportunities.is_gone as is_deleted,

    {{ utc("opportunities.created_date") }} as opened_at,
    {{ utc("stages.offer_sent_at") }} as offer_sent_at,
    -- The close date counts; for an open opportunity it is only a plan. The exact moment is
    -- taken from the history.
    case
        when not coalesce(opportunities.is_closed, false)
        then null
        when
            {{ home_date(utc("stages.stage_entered_at"), "run.time_zone") }}
            = opportunities.close_date
        then {{ utc("stages.stage_entered_at") }}
        else {{ utc_from_local("cast(opportunities.close_date as timestamp)", "run.time_zone") }}
    end as closed_at
from opportunities
cross join run
left join stages on opportunities.id = stages.opportunity_id
left join products on opportunities.id = products.opportunity_id
left join origins on opportunities.id = origins.opportunity_id
left join
    survivors as people on coalesce(opportunities.contact_id, origins.lead_id) = people.record_id
left join survivors as accounts on opportunities.account_id = accounts.record_id
