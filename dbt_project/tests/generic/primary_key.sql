{# The columns are the key of a row: no two rows share them, and none of them is NULL. #}
{% test primary_key(model, columns) %}

    select {{ columns | join(", ") }}, count(*) as copies
    from {{ model }}
    group by {{ columns | join(", ") }}
    having count(*) > 1 {% for column in columns %} or {{ column }} is null {% endfor %}

{% endtest %}
