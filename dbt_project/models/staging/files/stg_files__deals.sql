with deals as (select * from {{ ref("base_files__deals") }} where reason is null)

select
    'files' as source,
    coalesce(deal_id, row_key) as source_deal_id,
    lead_id as source_person_id,
    company_id as source_company_id,
    customer_id,
    owner_id as owner_source_id,
    product_id,

    name,
    pipeline,
    stage_name,
    channel_detail,
    upper(currency) as currency,

    amount,
    gross_margin,
    stage_probability,

    is_won,
    coalesce(is_lost, false) as is_lost,
    false as is_deleted,

    opened_at,
    offer_sent_at,
    closed_at
from deals
