{# Whether an identifier is that of a visit, and not a word for none: no_session_ids. #}
{% macro is_session(column) -%}
    {%- set words = [] -%}
    {%- for word in var('no_session_ids') -%}
        {%- do words.append("'" ~ escape_single_quotes(word | string | lower) ~ "'") -%}
    {%- endfor -%}
    (
        {{ column }} is not null
        {%- if words %}
        and lower({{ column }}) not in ({{ words | join(', ') }})
        {%- endif %}
    )
{%- endmacro %}

{# The longest visit, in microseconds. #}
{% macro longest_session() -%}
    {{ (var('max_session_hours') * 3600000000) | round | int }}
{%- endmacro %}
