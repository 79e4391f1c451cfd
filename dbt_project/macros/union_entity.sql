{#
    Union of stg_<source>__<entity> over the sources whose registry line lists the entity, in the canonical shape.
    Read are only sources that mops.yaml configures and, if sources_of names the entity, that are named there; so a run
    need not build the staging models of the others.
    `happened_at` (a time) or `happened_on` (a day) names the column by which rows after the as-of are left out; rows
    where it is NULL stay. Without any source the result is an empty, typed table, so that every model compiles.
#}
{% macro union_entity(entity, happened_at=none, happened_on=none) -%}
    {%- set columns = var("entities")[entity] -%}
    {%- set counted = counted_sources(entity) -%}
    {%- set feeding = [] -%}
    {%- for source_name, feeds in var("sources").items() if entity in feeds -%}
        {%- set relation = ref("stg_" ~ source_name ~ "__" ~ entity) -%}
        {%- if source_name in counted -%} {%- do feeding.append(relation) -%} {%- endif -%}
    {%- endfor -%}
    {%- for relation in feeding %}
        select
            {% for column, type in columns.items() -%}
                cast({{ column }} as {{ type }}) as {{ column }}{{ "," if not loop.last }}
            {% endfor %}
        from {{ relation }}
        {% if happened_at %}
            where {{ happened_at }} is null or {{ happened_at }} <= {{ as_of() }}
        {% endif %}
        {% if happened_on %}
            where {{ happened_on }} is null or {{ happened_on }} <= {{ as_of_date() }}
            {% endif %} {{ "union all" if not loop.last }}
    {% else %}
        select
            {% for column, type in columns.items() -%}
                cast(null as {{ type }}) as {{ column }}{{ "," if not loop.last }}
            {% endfor %}
        where false
    {%- endfor %}
{%- endmacro %}
