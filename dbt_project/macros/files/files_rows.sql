{#
    All rows of a canonical input, from every entry that is read as it, with the `reason` why a row is refused (NULL if
    it is not). What the columns are and what is refused is declared in `vars: files_inputs:`.
#}
{% macro files_rows(input) -%}
    {%- set declared = var("files_inputs")[input] -%}
    {%- set columns = declared["columns"] -%}
    {%- set key = declared.get("key", []) -%}
    with
        found as (
            {% for entry in files_entries(input) %}
                {{ files_entry_rows(entry, loop.index, columns) }}
                {{ "union all by name" if not loop.last }}
            {% else %}{{ files_no_rows(columns) }}
            {% endfor %}
        ),

        judged as (
            select
                *,
                nullif(
                    concat_ws(
                        '; ',
                        {% for column, type in columns.items() if type != "varchar" -%}
                            case
                                when {{ column }} is null and {{ column }}_text is not null
                                then '{{ column }} is no {{ type.split("(")[0] }}'
                            end,
                        {% endfor %}
                        {% for column in declared["required"] -%}
                            {%- set text = column ~ (
                                "" if columns[column] == "varchar" else "_text"
                            ) -%}
                            case when {{ text }} is null then '{{ column }} is missing' end,
                        {% endfor %}
                        {% for reason, condition in declared.get("refused", {}).items() -%}
                            case when {{ condition }} then {{ sql_text(reason) }} end,
                        {% endfor %}
                        null
                    ),
                    ''
                ) as refusal
            from found
        )

    select
        raw_table,
        is_sql,
        path,
        line,
        row_key,
        loaded_at,
        {% for column in columns -%} {{ column }}, {% endfor %}
        {% if key -%}
            coalesce(
                refusal,
                case
                    when
                        {% for column in key %} {{ column }} is not null and {% endfor %}
                        row_number() over (
                            partition by {{ key | join(", ") }}, refusal is null
                            order by entry_number desc, path desc, line desc
                        )
                        > 1
                    then '{{ key | join(", ") }} is repeated by a later row'
                end
            )
        {%- else -%} refusal
        {%- endif %} as reason
    from judged
{%- endmacro %}
