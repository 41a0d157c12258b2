{#
    What two deliveries of an event have in common where they say the same, in eight
    bytes: millions of texts would not fit into memory. Of 50 million events two that
    differ have the same number once in 15,000 logs.
#}
{% macro event_content() -%}
    {{ hash_of([
        'event_id', 'user_id', 'occurred_at', 'event_type', 'session_id', 'device',
        'channel', 'value',
    ]) }}
{%- endmacro %}
