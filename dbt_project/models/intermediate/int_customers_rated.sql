with
    conversions as (select * from {{ ref("int_conversions_gathered") }}),

    deals as (select * from {{ ref("int_deals_converted") }} where opened_at is not null),

    results as (select * from {{ ref("int_results_measured") }} where measure = 'customer'),

    -- For attributed_revenue, customers per unit are those per unit of all revenue.
    planning as (
        select
            planned_from,
            case when outcome = 'attributed_revenue' then 'revenue' else outcome end as outcome
        from {{ ref("int_planning_dated") }}
    ),

    counted as (
        select
            {{ home_date("converted_at") }} as counted_on,
            case when conversion_type = 'became_sql' then 'sqls' else 'revenue' end as measure,
            case when conversion_type = 'became_sql' then 1 else conversion_revenue end as amount
        from conversions
        union all
        select {{ home_date("opened_at") }}, 'pipeline', amount_home
        from deals
        union all
        select happened_on, 'customers', amount
        from results
    ),

    -- A whole year, so that the season affects customers and outcome alike.
    last_year as (
        select
            sum(case when counted.measure = 'customers' then counted.amount end) as customers,
            sum(case when counted.measure = planning.outcome then counted.amount end) as outcome
        from counted
        inner join
            planning
            on counted.counted_on < planning.planned_from
            and counted.counted_on >= planning.planned_from - interval '364' day
    )

select
    cast(coalesce(customers, 0) as bigint) as customers,
    cast(coalesce(outcome, 0) as decimal(38, 6)) as outcome,
    {{ ratio("customers", "outcome") }} as customers_per_outcome
from last_year
