{#
    Keyed hash of a text: not derivable without the installation's key, which is a session variable (set by
    ingestion.person_key) and never part of any SQL text. NULL stays NULL; without a key everything is NULL,
    which the not_null tests then refuse. 128 bits tell apart all that a warehouse will ever hold, in half the text.
#}
{% macro keyed_hash(text) -%}
    left(sha256(getvariable('mops_key') || sha256(getvariable('mops_key') || {{ text }})), 32)
{%- endmacro %}
