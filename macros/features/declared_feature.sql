{# A feature of a declared column, but a list; null where the column is not known. #}
{% macro declared_feature(feature) -%}
    {%- set column = 'users.' ~ feature.column -%}
    {%- if feature.rule == 'ordered' -%}
    case {{ column }}
        {%- for answer, number in feature.numbers.items() %}
        when {{ text_literal(answer) }}
            then {{ number if number is integer else double_literal(number) }}
        {%- endfor %}
    end
    {%- elif feature.rule == 'any_category' -%}
    cast({{ column }} in ({{ text_literals(feature.answers) }}) as integer)
    {%- elif feature.rule == 'flag' -%}
    cast({{ column }} = {{ text_literal(feature.answers[0]) }} as integer)
    {%- elif feature.rule == 'date' -%}
    {{ days_between(column, 'as_of_date.day') }}
    {%- else -%}
    {{ column }}
    {%- endif -%}
{%- endmacro %}

{# A feature of lists, an aggregate over the items of each. #}
{% macro item_feature(feature) -%}
    {%- if feature.rule == 'count' -%} count(*)
    {%- else -%}
    max(cast(item in ({{ text_literals(feature.answers) }}) as integer))
    {%- endif -%}
{%- endmacro %}

{# Texts as SQL, with commas between. #}
{% macro text_literals(texts) -%}
    {%- for text in texts -%}
    {{ text_literal(text) }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
