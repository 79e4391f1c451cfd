{# One spelling per mailbox: trimmed, lower case; what is no address at all is NULL. #}
{% macro normalise_email(email) -%}
    case when trim({{ email }}) like '%_@_%' then lower(trim({{ email }})) end
{%- endmacro %}
