with
    spend as (select * from {{ ref("base_files__spend") }} where reason is null),

    spread_costs as (select * from {{ ref("base_files__spread_costs") }}),

    costs as (
        select
            row_key,
            'media' as cost_kind,
            account_id,
            campaign_id,
            campaign_name,
            channel,
            currency,
            cost,
            impressions,
            clicks,
            platform_conversions,
            spend_on,
            loaded_at
        from spend
        union all by name
        from spread_costs
    )

select
    'files' as source,
    row_key as source_spend_id,
    account_id,
    campaign_id as source_campaign_id,

    campaign_name,
    channel,
    cost_kind,
    cast(null as varchar) as account_time_zone,
    upper(currency) as currency,

    cost,
    impressions,
    clicks,
    platform_conversions,
    -- The days of a file change only if the file is replaced.
    cast(null as integer) as restatement_days,

    false as is_residual,

    spend_on,

    cast(null as timestamp) as spend_hour_at,
    loaded_at
from costs
