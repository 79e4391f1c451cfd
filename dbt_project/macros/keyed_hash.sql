{#
    Keyed hash of a text: not derivable without the installation's key, which is a session variable (set by
    ingestion.person_key) and never part of any SQL text. NULL stays NULL; without a key everything is NULL,
    which the not_null tests then refuse. 128 bits are enough to tell apart all values of a
    warehouse, and half as long as the whole hash.
#}
{% macro keyed_hash(text) -%}
    left(sha256(getvariable('mops_key') || sha256(getvariable('mops_key') || {{ text }})), 32)
{%- endmacro %}
