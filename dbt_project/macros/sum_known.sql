{# A sum of which a part is not known is not known. #}
{% macro sum_known(expression) -%}
    case when count(*) = count({{ expression }}) then sum({{ expression }}) end
{%- endmacro %}
