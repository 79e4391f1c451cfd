with
    spend as (select * from {{ ref("int_spend_converted") }}),

    reports as (select * from {{ ref("int_platform_reports_unioned") }}),

    customers as (
        select * from {{ ref("funnel_stages") }} where stage = 'customer' and not is_reentry
    ),

    credits as (
        select *
        from {{ ref("attribution_by_channel") }}
        where conversion_type = 'won_revenue' and model = 'last_non_direct'
    ),

    -- Who counts what: the ad platforms, web analytics, attribution and the CRM.
    counted as (
        select
            cast(date_trunc('month', spend_on) as date) as month,
            coalesce(channel, 'Unassigned') as channel,
            'platform' as counter,
            platform_conversions as conversions
        from spend
        union all
        select
            cast(date_trunc('month', report_on) as date),
            coalesce(channel, 'Unassigned'),
            'analytics',
            conversions
        from reports
        union all
        select month, channel, 'attribution', conversions
        from credits
        union all
        select {{ home_month("entered_at") }}, channel, 'crm', 1
        from customers
    ),

    -- Where no platform, or no analytics tool, reports the channel, its count is NULL and not 0.
    compared as (
        select
            month,
            channel,
            sum(case when counter = 'platform' then conversions end) as platform_conversions,
            sum(case when counter = 'analytics' then conversions end) as analytics_conversions,
            coalesce(
                sum(case when counter = 'attribution' then conversions end), 0
            ) as attributed_conversions,
            count(case when counter = 'crm' then 1 end) as crm_customers
        from counted
        group by month, channel
    )

select
    month,
    channel,
    platform_conversions,
    analytics_conversions,
    attributed_conversions,
    crm_customers,
    platform_conversions - crm_customers as gap
from compared
