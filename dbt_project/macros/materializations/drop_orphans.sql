{#
    After a run: drop the tables and views of models and seeds that are gone or have another name by now. Only in the
    schemas that models have, which are dbt's alone. Hides the dialect's catalog.
#}
{% macro drop_orphans() -%}
    {%- if execute -%}
        {%- set made = {} -%}
        {%- for node in graph.nodes.values() if node.resource_type in ["model", "seed"] -%}
            {%- do made.setdefault(node.schema, []).append(node.alias) -%}
        {%- endfor -%}
        {%- set found -%}
            select table_schema, table_name, table_type
            from information_schema.tables
            where table_catalog = '{{ target.database }}'
        {%- endset -%}
        {%- for schema, name, type in run_query(found).rows if name not in made.get(schema, [name]) -%}
            {%- do exceptions.warn("dropped " ~ schema ~ "." ~ name ~ ", which no model makes") -%}
            drop {{ "view" if type == "VIEW" else "table" }} {{ adapter.quote(schema) }}.{{ adapter.quote(name) }}
            ;
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
