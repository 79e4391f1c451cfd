{# The kind of click id that an address carries among its parameters (gclid, fbclid, …); NULL for none. #}
{% macro click_id_in(url) -%}
    nullif(
        regexp_extract(
            {{ url }}, '[?&](gclid|wbraid|gbraid|dclid|msclkid|ttclid|li_fat_id|fbclid|twclid)=', 1
        ),
        ''
    )
{%- endmacro %}
