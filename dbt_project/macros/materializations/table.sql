{#
    A table is built beside the old one, which goes when the new one takes its name: a model that fails leaves what was there.
    dbt-duckdb's own does the same in six steps that cost more than most models take.
#}
{% materialization table, adapter = "duckdb", supported_languages = ["sql", "python"] %}
    {%- set old = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type="table") -%}
    {%- set new = make_intermediate_relation(target) -%}
    {{ drop_relation_if_exists(load_cached_relation(new)) }}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement("main", language=model["language"]) -%}
        {{ create_table_as(False, new, compiled_code, model["language"]) }}
    {%- endcall %}
    {{ take_its_place(old, new, target) }}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({"relations": [target]}) }}
{% endmaterialization %}

{# A table that was built beside the old one takes its name, in the same transaction. #}
{% macro take_its_place(old, new, target) %}
    {% call statement("take_its_place") -%}
        {% if old is not none -%} drop {{ old.type }} if exists {{ old }}
            ;
        {%- endif %}
        alter table {{ new }} rename to {{ target.identifier }}
    {%- endcall %}
{% endmacro %}
