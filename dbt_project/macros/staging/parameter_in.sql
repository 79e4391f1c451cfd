{#
    The value of a parameter in the query of an address; NULL for none. Blanks are read; what else is escaped stays as
    it stands there.
#}
{% macro parameter_in(address, name) -%}
    nullif(
        replace(
            replace(regexp_extract({{ address }}, '[?&]{{ name }}=([^&#]+)', 1), '+', ' '),
            '%20',
            ' '
        ),
        ''
    )
{%- endmacro %}
