{# Money times the rate of its day, exact to twelve decimals: rounding happens once, in the mart. #}
{% macro in_home_currency(money, rate) -%}
    cast(({{ money }}) * {{ rate }} as decimal(28, 12))
{%- endmacro %}
