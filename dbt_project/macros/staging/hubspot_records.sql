{#
    The records of a HubSpot object, one row per id. Records that were merged away are left out: their winner stands
    for them. `is_deleted` is true for what is archived, or no longer returned by the vendor (the sweep of ids
    shows that; if the sweep has no id of the object type, it was not made and nothing counts as deleted).
#}
{% macro hubspot_records(object_type, last_modified="hs_lastmodifieddate") -%}
    with
        records as (
            {{
                latest_per_key(
                    source("hubspot", object_type),
                    ["id"],
                    [last_modified ~ " desc nulls last", "_loaded_at desc"],
                )
            }}
        ),

        listed as (
            select id, bool_or(archived) as is_archived
            from {{ source("hubspot", "object_ids") }}
            where object_type = '{{ object_type }}'
            group by id
        ),

        merges as (
            select loser_id
            from {{ ref("base_hubspot__merges") }}
            where object_type = '{{ object_type }}'
        )

    select
        records.*,
        coalesce(records.archived, false)
        or coalesce(listed.is_archived, false)
        or (listed.id is null and exists (select 1 from listed)) as is_deleted
    from records
    left join listed on records.id = listed.id
    where records.id not in (select merges.loser_id from merges)
{%- endmacro %}
