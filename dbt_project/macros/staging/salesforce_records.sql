{#
    The records of a Salesforce object, one row per id. `is_gone` is true for what is in the recycle bin, or no longer
    returned by the vendor (the sweep of ids shows that; if it has no id of the object, it was not made and nothing is
    gone).
#}
{% macro salesforce_records(object_type) -%}
    with
        records as (
            {{
                latest_per_key(
                    source("salesforce", object_type),
                    ["id"],
                    ["system_modstamp desc nulls last", "_loaded_at desc"],
                )
            }}
        ),

        listed as (
            select id
            from {{ source("salesforce", "object_ids") }}
            where object_type = '{{ object_type }}'
        )

    select
        records.*,
        coalesce(records.is_deleted, false)
        or (listed.id is null and exists (select 1 from listed)) as is_gone
    from records
    left join listed on records.id = listed.id
{%- endmacro %}
