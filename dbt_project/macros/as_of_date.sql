{# The day of the as-of in the home time zone. #}
{% macro as_of_date() -%}
    (
        select {{ home_date("run.as_of", "run.time_zone") }}
        from {{ ref("stg_settings__run") }} as run
    )
{%- endmacro %}
