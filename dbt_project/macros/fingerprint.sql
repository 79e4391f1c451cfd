{#
    One number that stands for the values of a row: equal rows have equal numbers, and no two others are likely to in the
    life of a warehouse. Hides the dialect's 64-bit hash (xxhash64 on Spark). Fingerprints of a set of different rows are
    combined with bit_xor, whatever their order.
#}
{% macro fingerprint(columns) -%} hash({{ columns | join(", ") }}) {%- endmacro %}
