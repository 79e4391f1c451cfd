{#
    A zoned time as a naive UTC one, which is what every time is from staging on. By its microseconds since 1970, since
    asking for a zone, even UTC, costs ten times as much. Hides the dialect's functions (timestamp_micros(unix_micros(…)) on
    Spark).
#}
{% macro utc(zoned_time) -%} make_timestamp(epoch_us({{ zoned_time }})) {%- endmacro %}
