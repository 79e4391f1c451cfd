{# Money given in millionths of its currency, as an exact decimal. #}
{% macro from_micros(micros) -%} cast({{ micros }} * 0.000001 as decimal(18, 6)) {%- endmacro %}
