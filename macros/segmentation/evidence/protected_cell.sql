{# A user's answers to all protected questions as one; null where nothing is protected. #}
{% macro protected_cell() -%}
    {%- set answers = [] -%}
    {%- for attribute in protected_attributes() -%}
        {%- do answers.append(
            "coalesce(" ~ answer_of(attribute.name) ~ ", 'not known')"
        ) -%}
    {%- endfor -%}
    {{ answers | join(" || ', ' || ") or 'cast(null as string)' }}
{%- endmacro %}
