{# As dbt's own; true also if the table was filled by an older version of the model's code, so that a table never mixes two. #}
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
    Whether the model's table was filled by the code that the model has now. Macros are not part of the checksum: who changes
    one that an incremental model uses must change the model too. Hides where the dialect keeps comments.
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

{# After an incremental model is built: note in the table's comment which version of the code filled it. #}
{% macro note_version() -%} comment on table {{ this }} is '{{ model.checksum.checksum }}' {%- endmacro %}
