with
    account_hours as (select * from {{ ref("base_google_ads__account_performance") }}),

    campaign_hours as (
        select
            customer_id,
            date,
            hour,
            sum(impressions) as impressions,
            sum(clicks) as clicks,
            sum(cost_micros) as cost_micros,
            sum(conversions) as conversions
        from {{ ref("base_google_ads__campaign_performance") }}
        group by customer_id, date, hour
    ),

    -- If an account spent more than its campaigns together (deleted or hidden ones, for
    -- example), the rest is a row of its own.
    residuals as (
        select
            account_hours.customer_id,
            account_hours.date,
            account_hours.hour,
            account_hours.impressions - coalesce(campaign_hours.impressions, 0) as impressions,
            account_hours.clicks - coalesce(campaign_hours.clicks, 0) as clicks,
            account_hours.cost_micros - coalesce(campaign_hours.cost_micros, 0) as cost_micros,
            round(
                account_hours.conversions - coalesce(campaign_hours.conversions, 0), 6
            ) as conversions,
            account_hours._loaded_at
        from account_hours
        left join
            campaign_hours
            on account_hours.customer_id = campaign_hours.customer_id
            and account_hours.date = campaign_hours.date
            and account_hours.hour is not distinct from campaign_hours.hour
    )

select *
from residuals
where impressions <> 0 or clicks <> 0 or cost_micros <> 0 or conversions <> 0
