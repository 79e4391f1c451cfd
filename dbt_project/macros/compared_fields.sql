{# What a person is compared by with others; the traits of int_person_traits_spelled. #}
{% macro compared_fields() -%}
    {{
        return(
            [
                "first_name",
                "last_name",
                "company_domain",
                "phone",
                "address",
                "city",
                "postal_code",
                "date_of_birth",
            ]
        )
    }}
{%- endmacro %}
