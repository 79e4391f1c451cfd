{# Text without its margins; nothing but blanks is NULL. #}
{% macro blank_to_null(text) -%} nullif(trim({{ text }}), '') {%- endmacro %}
