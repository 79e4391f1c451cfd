{# A name as it is compared: lower case, umlauts and accents written out, one blank between words; none is NULL. #}
{% macro plain_name(name) -%}
    nullif(
        trim(
            regexp_replace(
                translate(
                    replace(
                        replace(
                            replace(replace(lower({{ name }}), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'
                        ),
                        'ß',
                        'ss'
                    ),
                    'áàâãåăçćčéèêëěíìîïñńóòôõøőúùûűůýřšșşśțţťžźżłđ',
                    'aaaaaaccceeeeeiiiinnoooooouuuuuyrsssstttzzzld'
                ),
                '[^\p{L}]+',
                ' ',
                'g'
            )
        ),
        ''
    )
{%- endmacro %}
