{# The columns together are a key: no two rows share them. NULL counts as a value. #}
{% test unique_combination(model, columns) %}

    select {{ columns | join(", ") }}, count(*) as copies
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1

{% endtest %}
