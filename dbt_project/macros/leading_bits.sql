{#
    The first 60 bits of a keyed hash as a number, which sorts as the hash does: what fits a signed number. Hides the
    dialect's reading of hexadecimal (conv on Spark).
#}
{% macro leading_bits(hash) -%} cast('0x' || left({{ hash }}, 15) as bigint) {%- endmacro %}
