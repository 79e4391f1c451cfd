{#
    Money given in whole numbers of its currency's smallest unit, as an exact decimal: cents for most currencies, the
    currency itself where it has no smaller unit, thousandths for some.
#}
{% macro from_minor_units(amount, currency) -%}
    {%- set without = "'bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf'" -%}
    {%- set in_thousandths = "'bhd', 'jod', 'kwd', 'omr', 'tnd'" -%}
    cast(
        {{ amount }} * case
            when lower({{ currency }}) in ({{ without }})
            then 1.000
            when lower({{ currency }}) in ({{ in_thousandths }})
            then 0.001
            else 0.010
        end as decimal(18, 2)
    )
{%- endmacro %}
