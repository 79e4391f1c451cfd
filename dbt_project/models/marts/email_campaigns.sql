with
    known as (select * from {{ ref("int_email_results_counted") }}),

    -- A campaign may be sent by several tools; what one of them cannot tell is not known of the
    -- sum.
    summed as (
        select
            campaign,
            month,
            {% for column in [
                "sent",
                "delivered",
                "unique_opens",
                "unique_clicks",
                "clicks",
                "unique_seen",
                "unique_opens_human",
                "unique_clicks_human",
                "clicks_human",
                "unique_seen_human",
                "unsubscribed",
            ] -%}
                cast({{ sum_known(column) }} as bigint) as {{ column }} {{- "," if not loop.last }}
            {% endfor %}
        from known
        group by campaign, month
    )

select
    campaign,
    month,
    sent,
    delivered,
    unique_opens,
    unique_clicks,
    clicks,
    unique_opens_human,
    unique_clicks_human,
    clicks_human,
    unsubscribed,
    {% for human in ["", "_human"] -%}
        {{ ratio("clicks" ~ human, "unique_seen" ~ human) }} as click_rate_seed{{ human }},
        {{ ratio("unique_clicks" ~ human, "delivered") }} as click_rate_delivered{{ human }},
        {{ ratio("unique_clicks" ~ human, "unique_opens" ~ human) }} as click_to_open{{ human }},
        {{ ratio("clicks" ~ human, "delivered") }} as total_click_rate{{ human }}
        {{- "," if not loop.last }}
    {% endfor %}
from summed
