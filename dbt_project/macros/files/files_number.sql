{#
    The text of a number in plain notation: currency signs and separators of thousands gone, a decimal point. NULL where
    it is no number with this decimal mark. Three regular expressions, for a point: blanks and apostrophes within;
    a currency before or after; digits, perhaps in groups of three, and a fraction.
#}
{% macro files_number(text, decimal_mark) -%}
    {%- set bare -%}
        regexp_replace(
            regexp_replace(
                regexp_replace({{ text }}, '[\s\p{Z}'']', '', 'g'),
                '^([-+]?)([A-Z]{1,3}\p{Sc}?|\p{Sc})', '\1'
            ),
            '([A-Z]{3}|\p{Sc})$', ''
        )
    {%- endset -%}
    {%- if decimal_mark == "," -%}
        case
            when regexp_matches({{ bare }}, '^[-+]?(\d{1,3}(\.\d{3})+|\d+)?(,\d+)?$')
            then replace(replace({{ bare }}, '.', ''), ',', '.')
        end
    {%- else -%}
        case
            when
                regexp_matches(
                    {{ bare }}, '^[-+]?(\d{1,3}(,\d{2,3})*,\d{3}|\d+)?(\.\d*)?([eE][-+]?\d+)?$'
                )
            then replace({{ bare }}, ',', '')
        end
    {%- endif -%}
{%- endmacro %}
