{#
    The entries of mops.yaml that were loaded as an input: a list of {relation, raw_table, is_sql, filter, time_zone,
    date_format, columns: {canonical column: {source_column, constant, decimal_mark}}}. They are read from the raw file,
    since what tables it has is known only then; while dbt parses, there are none.
#}
{% macro files_entries(input) -%}
    {%- if not execute or not adapter.get_relation("files", "raw", "_entries") -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set found = {} -%}
    {%- set query -%}
        select entries.* exclude (input), columns.* exclude (raw_table)
        from files.raw._entries as entries
        left join files.raw._columns as columns using (raw_table)
        where entries.input = {{ sql_text(input) }}
        order by length(entries.raw_table), entries.raw_table
    {%- endset -%}
    {%- for row in run_query(query) -%}
        {%- if row["raw_table"] not in found -%}
            {%- do found.update(
                {
                    row["raw_table"]: {
                        "relation": 'files.raw."' ~ row["raw_table"] ~ '"',
                        "raw_table": row["raw_table"],
                        "is_sql": row["is_sql"],
                        "filter": row["filter"],
                        "time_zone": row["time_zone"],
                        "date_format": row["date_format"],
                        "columns": {},
                    }
                }
            ) -%}
        {%- endif -%}
        {%- do found[row["raw_table"]]["columns"].update(
            {
                row["column_name"]: {
                    "source_column": row["source_column"],
                    "constant": row["constant"],
                    "decimal_mark": row["decimal_mark"],
                }
            }
        ) -%}
    {%- endfor -%}
    {{ return(found.values() | list) }}
{%- endmacro %}
