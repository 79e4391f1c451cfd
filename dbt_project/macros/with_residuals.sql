{#
    Days of campaigns, and beside them what the days of their account have beyond them (of deleted or hidden campaigns,
    say) as rows without a campaign. Both relations have account_id, date, impressions, clicks, cost, conversions and
    _loaded_at, the first campaign_id too.
#}
{% macro with_residuals(campaign_days, account_days) -%}
    select
        account_id,
        campaign_id,
        impressions,
        clicks,
        cost,
        conversions,
        false as is_residual,
        date,
        _loaded_at
    from {{ campaign_days }}
    union all
    select
        totals.account_id,
        cast(null as varchar) as campaign_id,
        totals.impressions - coalesce(shown.impressions, 0) as impressions,
        totals.clicks - coalesce(shown.clicks, 0) as clicks,
        totals.cost - coalesce(shown.cost, 0) as cost,
        round(totals.conversions - coalesce(shown.conversions, 0), 6) as conversions,
        true as is_residual,
        totals.date,
        totals._loaded_at
    from {{ account_days }} as totals
    left join
        (
            select
                account_id,
                date,
                sum(impressions) as impressions,
                sum(clicks) as clicks,
                sum(cost) as cost,
                sum(conversions) as conversions
            from {{ campaign_days }}
            group by account_id, date
        ) as shown
        on totals.account_id = shown.account_id
        and totals.date = shown.date
    where
        totals.impressions <> coalesce(shown.impressions, 0)
        or totals.clicks <> coalesce(shown.clicks, 0)
        or totals.cost <> coalesce(shown.cost, 0)
        or round(totals.conversions - coalesce(shown.conversions, 0), 6) <> 0
{%- endmacro %}
