with
    spend as (select * from {{ ref("int_spend_unioned") }}),

    run as (select * from {{ ref("stg_settings__run") }}),

    -- Hours of an account in another zone fall on the home day they belong to; where there are
    -- only days, they stay.
    dated as (
        select
            spend.*,
            coalesce(
                {{ home_date("spend.spend_hour_at", "run.time_zone") }}, spend.spend_on
            ) as home_spend_on,
            coalesce(spend.currency, run.home_currency) as money_currency,
            spend.spend_hour_at is not null
            or coalesce(spend.account_time_zone, run.time_zone) = run.time_zone as is_zone_exact
        from spend
        cross join run
    )

select
    home_spend_on as spend_on,
    source,
    account_id,
    source_campaign_id,
    campaign_name,
    channel,
    cost_kind,
    money_currency as currency,
    is_residual,
    sum(cost) as cost,
    sum(impressions) as impressions,
    sum(clicks) as clicks,
    sum(platform_conversions) as platform_conversions,
    max(restatement_days) as restatement_days,
    bool_and(is_zone_exact) as is_zone_exact
from dated
group by all
