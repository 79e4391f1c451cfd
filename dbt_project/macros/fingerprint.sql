{#
    One number that stands for the values of a row: equal rows have equal numbers, and two different rows are unlikely ever
    to share one. Hides the dialect's 64-bit hash (xxhash64 on Spark). Fingerprints of a set of different rows are
    combined with bit_xor, whatever their order.
#}
{% macro fingerprint(columns) -%} hash({{ columns | join(", ") }}) {%- endmacro %}
