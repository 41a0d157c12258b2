{#
    The answer of a user to a question: the column of stg_users or, of a protected
    number, its band in `known_answers`, on which the model that asks depends.
#}
{% macro answer_of(attribute) -%}
    {%- set bands = protected_band_rows() | selectattr('attribute', 'eq', attribute)
        | list -%}
    {%- if not bands -%} {{ attribute }}
    {%- else -%}
    case
        {%- for band in bands if band.upper_edge is not none %}
        when {{ attribute }} < {{ double_literal(band.upper_edge) }}
            then '{{ band.answer }}'
        {%- endfor %}
        when {{ attribute }} is not null then '{{ (bands | last).answer }}'
    end
    {%- endif -%}
{%- endmacro %}
