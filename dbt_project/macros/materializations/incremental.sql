{#
    A table that keeps its rows: those of the model are added, in one transaction with what a hook before it deletes. With a
    unique_key they take the place of the rows with their keys. dbt-duckdb's own writes every row to a temporary table
    first, and cannot read a table that has lists.
#}
{% materialization incremental, adapter = "duckdb", supported_languages = ["sql"] %}
    {%- set old = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type="table") -%}
    {%- set new = make_intermediate_relation(target) -%}
    {%- set key = config.get("unique_key") -%}
    {%- set keeps_rows = is_incremental() -%}
    {{ drop_relation_if_exists(load_cached_relation(new)) }}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement("main") -%}
        {% if not keeps_rows -%} {{ create_table_as(False, new, compiled_code, "sql") }}
        {%- elif key is none -%}
            insert into {{ target }} by name {{ compiled_code }}
        {%- else -%}
            create or replace temporary table changed_rows as {{ compiled_code }}
            ;
            delete from {{ target }}
            where {{ key }} in (select {{ key }} from changed_rows)
            ;
            insert into {{ target }} by name from changed_rows
            ;
            drop table changed_rows
        {%- endif %}
    {%- endcall %}
    {% if not keeps_rows -%} {{ take_its_place(old, new, target) }} {%- endif %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({"relations": [target]}) }}
{% endmaterialization %}
