{#
    The digits of a phone number, without blanks and signs. The last nine tell numbers apart, however the country code is
    written.
#}
{% macro phone_digits(phone) -%} regexp_replace({{ phone }}, '[^0-9]', '', 'g') {%- endmacro %}
