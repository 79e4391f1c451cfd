{#
    Before sessions are made anew in base_ga4__sessions: those of cookies that are no more, or whose events were loaded
    again since.
#}
{% macro forget_changed_cookies() -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where cookie_fingerprint not in (select fingerprint from {{ ref("base_ga4__cookies") }})
    {%- endif -%}
{%- endmacro %}
