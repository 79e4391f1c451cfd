{#
    Union of stg_<source>__<entity> over the sources whose registry line lists the entity, in the canonical shape.
    Of these only the ones count that mops.yaml configures, and names where its sources_of speaks of the entity: the
    others are not read, so a run need not build their staging models.
    `happened_at` (a time) or `happened_on` (a day) names the column that the as-of cuts; rows without one stay.
    With no source it is an empty, typed table, so that every model compiles whatever is configured.
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
