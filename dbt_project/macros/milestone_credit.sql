{#
    Credit of a touch in a model in which each milestone has the weight `weight` and the touches that made no milestone
    share 0.1. `made` is the number of milestones that this touch made, `milestones` that of all touches on the path,
    `others` the number of touches that made none. Dividing by the weights that occur on the path makes them sum to 1.
#}
{% macro milestone_credit(weight, made, milestones, others) -%}
    cast(
        {{ weight }} * ({{ made }})
        + case when {{ made }} = 0 then 0.1 / ({{ others }}) else 0 end as double
    )
    / ({{ weight }} * ({{ milestones }}) + case when {{ others }} > 0 then 0.1 else 0 end)
{%- endmacro %}
