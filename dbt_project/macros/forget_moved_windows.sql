{#
    Before an increment of int_recent_touches_ordered: delete the rows of buckets in which a visitor's last touch has left
    the lookback, and of buckets that were gathered as of a later day than this run's.
#}
{% macro forget_moved_windows() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            bucket_fingerprint in (
                select moved.bucket_fingerprint
                from {{ this }} as moved
                inner join
                    {{ ref("stg_settings__run") }} as settings
                    on settings.as_of - settings.lookback_days * interval '1' day
                    not between moved.opens_at
                    and moved.touched_at
                where moved.is_last
            )
    {%- endif -%}
{%- endmacro %}
