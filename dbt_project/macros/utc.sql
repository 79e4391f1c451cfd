{# A zoned time as a naive UTC one, which is what every time is from staging on. #}
{% macro utc(zoned_time) -%} timezone('UTC', {{ zoned_time }}) {%- endmacro %}
