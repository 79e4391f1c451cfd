{# dbt's own, and also where a table was filled by other code than the model's: rows of two codes never stand in one table. #}
{% macro should_full_refresh() -%}
    {%- set is_asked = config.get("full_refresh") -%}
    {%- if is_asked is none -%} {%- set is_asked = flags.FULL_REFRESH -%} {%- endif -%}
    {{
        return(
            is_asked or (model.config.materialized == "incremental" and not is_of_this_version())
        )
    }}
{%- endmacro %}

{#
    Whether the model's table was filled by the code that the model has now; what its macros say does not count, so a
    change of theirs goes with one of the model. Hides where the dialect keeps comments.
#}
{% macro is_of_this_version() -%}
    {%- if not execute or load_cached_relation(this) is none -%} {{ return(true) }} {%- endif -%}
    {%- set comment -%}
        select comment
        from duckdb_tables()
        where
            database_name = '{{ this.database }}'
            and schema_name = '{{ this.schema }}'
            and table_name = '{{ this.identifier }}'
    {%- endset -%}
    {{ return(run_query(comment).columns[0].values() | first == model.checksum.checksum) }}
{%- endmacro %}

{# After an incremental model is built: whose rows its table has. #}
{% macro note_version() -%} comment on table {{ this }} is '{{ model.checksum.checksum }}' {%- endmacro %}
