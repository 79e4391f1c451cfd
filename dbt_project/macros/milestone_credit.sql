{#
    Credit of a touch where each milestone weighs `weight` and the touches that made none share 0.1: `made` milestones
    are this touch's, `milestones` the path's, and `others` of its touches made none. What is missing (a milestone that
    was not reached on the path, or others) leaves its weight to all the rest.
#}
{% macro milestone_credit(weight, made, milestones, others) -%}
    cast(
        {{ weight }} * ({{ made }})
        + case when {{ made }} = 0 then 0.1 / ({{ others }}) else 0 end as double
    )
    / ({{ weight }} * ({{ milestones }}) + case when {{ others }} > 0 then 0.1 else 0 end)
{%- endmacro %}
