{#
    Before new paths come into int_touches_assigned: the rows of conversions that are no more, or no longer what they
    were when their touches were assigned. First rows are compared, which are as many as conversions.
#}
{% macro forget_changed_paths() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            fingerprint in (
                select known.fingerprint
                from {{ this }} as known
                left join
                    {{ ref("int_conversions_gathered") }} as current
                    on known.fingerprint = current.fingerprint
                where known.step = 1 and current.fingerprint is null
            )
    {%- endif -%}
{%- endmacro %}
