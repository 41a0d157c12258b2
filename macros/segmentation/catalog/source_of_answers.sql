{# The column of stg_users that holds the answers to a question. #}
{% macro source_of_answers(attribute) -%}
    case when {{ attribute }} = 'interest' then 'top_interests' else {{ attribute }} end
{%- endmacro %}
