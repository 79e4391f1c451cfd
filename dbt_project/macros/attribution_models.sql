{#
    The attribution models, in the order in which they are listed. A model is one column credit_<name> of the mart
    attribution; everything that sums credit by model follows this list.
#}
{% macro attribution_models() -%}
    {{
        return(
            [
                "first",
                "last",
                "last_non_direct",
                "linear",
                "position",
                "w_shaped",
                "full_path",
                "time_decay",
                "markov",
                "shapley",
            ]
        )
    }}
{%- endmacro %}
