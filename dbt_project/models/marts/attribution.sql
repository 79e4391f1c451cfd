{{ config(materialized="view") }}

with
    credited as (select * from {{ ref("int_touches_credited") }}),

    touches as (select * from {{ ref("int_touchpoints_classified") }})

select
    credited.conversion_type,
    credited.conversion_id,
    credited.person_id,
    touches.touch_id,
    credited.channel,
    touches.campaign,
    touches.content,
    credited.conversion_revenue,
    credited.conversion_gross_margin,
    {% for model in attribution_models() -%} credited.credit_{{ model }}, {% endfor -%}
    credited.month,
    credited.converted_at,
    credited.touched_at
from credited
left join
    touches on credited.visitor_key = touches.visitor_key and credited.touch_key = touches.touch_key
