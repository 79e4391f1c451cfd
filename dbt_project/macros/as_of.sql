{# The moment the run counts from (naive UTC). What happened later is in no mart. #}
{% macro as_of() -%} (select run.as_of from {{ ref("stg_settings__run") }} as run){%- endmacro %}
