{# Whether a platform may still restate a day: it lies within the platform's own window before the as-of. #}
{% macro is_still_moving(day, restatement_days) -%}
    {{ day }} >= {{ as_of_date() }} - {{ restatement_days }}
{%- endmacro %}
