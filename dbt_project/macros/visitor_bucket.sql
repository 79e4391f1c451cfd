{#
    One of 1,048,576 buckets of visitors, which are checked for changes and gathered anew together; conversions without a
    visitor are in the first.
#}
{% macro visitor_bucket(visitor_key) -%} coalesce({{ visitor_key }} & 1048575, 0) {%- endmacro %}
