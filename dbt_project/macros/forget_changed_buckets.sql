{# Before buckets of visitors are gathered anew into a table: the rows of those that are no longer what they were. #}
{% macro forget_changed_buckets() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            bucket_fingerprint
            not in (select fingerprint from {{ ref("int_visitor_buckets_fingerprinted") }})
    {%- endif -%}
{%- endmacro %}
