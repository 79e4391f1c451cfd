{#
    The value of a parameter in the query of an address; NULL if it is not there. + and %20 become
    blanks; other escapes stay as they are.
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
