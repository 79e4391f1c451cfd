{# A number that changes with any of the expressions: tells whether a row is still the one it was, never what it holds. #}
{% macro row_hash(expressions) -%} hash({{ expressions | join(", ") }}) {%- endmacro %}
