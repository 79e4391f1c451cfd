{#
    Before new paths come into int_touches_assigned: the rows of conversions that are no more, or no longer what they
    were when their touches were assigned.
#}
{% macro forget_changed_paths() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            fingerprint not in (
                select current.fingerprint from {{ ref("int_conversions_gathered") }} as current
            )
    {%- endif -%}
{%- endmacro %}
