{#
    The first 64 bits of a keyed hash as a number, which sorts as the hash does. Hides the dialect's reading of hexadecimal
    (conv on Spark).
#}
{% macro leading_bits(hash) -%} cast('0x' || left({{ hash }}, 16) as ubigint) {%- endmacro %}
