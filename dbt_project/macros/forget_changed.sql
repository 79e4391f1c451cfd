{#
    Before an increment: delete the rows of groups that are gone or have changed. Each row has, in the column that
    `fingerprint` names, the fingerprint of its group when it was written; `groups` is the model with those of today.
#}
{% macro forget_changed(fingerprint, groups) -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where {{ fingerprint }} not in (select fingerprint from {{ ref(groups) }})
    {%- endif -%}
{%- endmacro %}
