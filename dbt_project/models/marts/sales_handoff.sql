with
    happened as (select * from {{ ref("int_sales_events_dated") }}),

    -- Each is counted in the month in which it happened; the months of one row are not one cohort.
    summed as (
        select
            month,
            channel,
            {% for event, column in [
                ("accepted", "accepted"),
                ("rejected", "rejected"),
                ("undecided", "undecided"),
                ("opportunity", "opportunities"),
                ("won", "won_deals"),
                ("lost", "lost_deals"),
            ] -%}
                count(case when event = '{{ event }}' then 1 end) as {{ column }},
            {% endfor -%}
            {% for event in ["offer", "order", "won", "lost"] -%}
                cast(
                    coalesce(sum(case when event = '{{ event }}' then amount end), 0) as decimal(
                        18, 2
                    )
                ) as {{ event }}s_amount,
            {% endfor -%}
            median(cycle_days) as median_cycle_days
        from happened
        group by month, channel
    )

select
    month,
    channel,
    accepted + rejected + undecided as sqls,
    accepted,
    rejected,
    undecided,
    opportunities,
    offers_amount,
    orders_amount,
    won_deals,
    lost_deals,
    {{ ratio("won_deals", "won_deals + lost_deals") }} as win_rate,
    {{ ratio("wons_amount", "wons_amount + losts_amount") }} as win_rate_by_amount,
    median_cycle_days
from summed
