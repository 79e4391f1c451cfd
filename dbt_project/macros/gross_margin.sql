{#
    Gross margin in the home currency: as the source gives it, else by the product's rate, else by the company's.
    Without any of them it is not known.
#}
{% macro gross_margin(amount, given_margin, product_rate, company_rate, fx_rate) -%}
    coalesce(
        {{ in_home_currency(given_margin, fx_rate) }},
        cast(
            {{ amount }}
            * coalesce({{ product_rate }}, cast({{ company_rate }} as decimal(9, 6)))
            * {{ fx_rate }} as decimal(28, 12)
        )
    )
{%- endmacro %}
