{# Known values of the columns lie between minimum and maximum, each included; either may be left out. #}
{% test accepted_range(model, columns, minimum=none, maximum=none) %}

    select *
    from {{ model }}
    where
        false
        {% for column in columns %}
            {% if minimum is not none %} or {{ column }} < {{ minimum }} {% endif %}
            {% if maximum is not none %} or {{ column }} > {{ maximum }} {% endif %}
        {% endfor %}

{% endtest %}
