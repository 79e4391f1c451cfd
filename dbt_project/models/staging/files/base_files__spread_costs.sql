with
    agency_costs as (
        select *, 'agency' as cost_kind
        from {{ ref("base_files__agency_costs") }}
        where reason is null
    ),

    tool_costs as (
        select *, 'tool' as cost_kind from {{ ref("base_files__tool_costs") }} where reason is null
    ),

    costs as (
        select *, coalesce(ends_on, starts_on) as last_on
        from
            (
                from agency_costs
                union all by name
                from tool_costs
            )
    ),

    -- A cost that runs for months is spread over them in equal parts, each on its month's first
    -- day of service.
    months as (
        select
            *,
            unnest(
                generate_series(
                    date_trunc('month', starts_on), date_trunc('month', last_on), interval 1 month
                )
            ) as month,
            date_diff('month', starts_on, last_on) + 1 as month_count
        from costs
    ),

    numbered as (select *, date_diff('month', starts_on, month) + 1 as month_number from months)

-- The parts are differences of rounded running sums, so that they add up exactly to the cost.
select
    row_key || ':' || month_number as row_key,
    cost_kind,
    cast(null as varchar) as account_id,
    campaign_id,
    campaign_name,
    channel,
    currency,
    cast(
        round(cost * month_number / month_count, 6)
        - round(cost * (month_number - 1) / month_count, 6) as decimal(18, 6)
    ) as cost,
    greatest(starts_on, cast(month as date)) as spend_on,
    loaded_at
from numbered
