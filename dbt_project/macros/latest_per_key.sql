{#
    One row per key of a relation, whatever it holds: the one that `latest` (a list of ordering terms, best first)
    puts on top.
#}
{% macro latest_per_key(relation, key, latest) -%}
    select *
    from {{ relation }}
    qualify
        row_number() over (partition by {{ key | join(", ") }} order by {{ latest | join(", ") }})
        = 1
{%- endmacro %}
