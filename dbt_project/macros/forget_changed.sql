{#
    Before what changed is made anew into an incremental table: the rows of those groups that are no more, or no longer what
    they were. A row has the fingerprint that its group had when it was written; `groups` is the model that knows those of now.
#}
{% macro forget_changed(fingerprint, groups) -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where {{ fingerprint }} not in (select fingerprint from {{ ref(groups) }})
    {%- endif -%}
{%- endmacro %}
