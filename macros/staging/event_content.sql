{# What tells two deliveries of an event apart, in eight bytes. #}
{% macro event_content() -%}
    hash(user_id, occurred_at, event_type, session_id, device, channel, value)
{%- endmacro %}
