{# As dbt's own; true also if the table was filled by other code than today's, so that a table never mixes two. #}
{% macro should_full_refresh() -%}
    {%- set is_asked = config.get("full_refresh") -%}
    {%- if is_asked is none -%} {%- set is_asked = flags.FULL_REFRESH -%} {%- endif -%}
    {{
        return(
            is_asked or (model.config.materialized == "incremental" and not is_of_this_version())
        )
    }}
{%- endmacro %}

{# Whether the model's table was filled by the code of today. Hides where the dialect keeps comments. #}
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
    {{ return(run_query(comment).columns[0].values() | first == code_version()) }}
{%- endmacro %}

{# After an incremental model is built: note in the table's comment which version of the code filled it. #}
{% macro note_version() -%} comment on table {{ this }} is '{{ code_version() }}' {%- endmacro %}

{# A checksum of all that makes the model's rows: the model, the models and seeds behind it, and the macros of all these. #}
{% macro code_version() -%}
    {%- set code = {} -%}
    {%- set behind = [model.unique_id] -%}
    {# The list grows while it is walked. #}
    {%- for unique_id in behind if unique_id not in code -%}
        {%- if unique_id in graph.nodes -%}
            {%- set node = graph.nodes[unique_id] -%}
            {%- do code.update({unique_id: [node.checksum.checksum, node.config]}) -%}
            {%- do behind.extend(node.depends_on.get("nodes", []) + node.depends_on.macros) -%}
        {%- elif unique_id.startswith("macro." ~ project_name ~ ".") -%}
            {%- set macro = context[project_name][unique_id.split(".") | last].macro -%}
            {%- do code.update({unique_id: macro.macro_sql}) -%}
            {%- do behind.extend(macro.depends_on.macros) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(local_md5(tojson(code, sort_keys=true))) }}
{%- endmacro %}
