{# A label, in a column, as it stands inside of a sentence: "Length of a visit" without
   its capital; one with others, as "Rate of CTR" or "Anzahl Bestellungen", as it is. #}
{% macro lower_first(label) -%}
    case
        when substring({{ label }}, 2) = lower(substring({{ label }}, 2))
            then lower(left({{ label }}, 1)) || substring({{ label }}, 2)
        else {{ label }}
    end
{%- endmacro %}

{#
    The declared label of the attribute whose name stands in a column.

    Arguments:
        attribute: the column with the name
        is_inline: whether the label stands inside of a sentence
#}
{% macro label_of(attribute, is_inline=false) -%}
    {%- set columns = declared_columns() -%}
    {%- if not columns -%} replace({{ attribute }}, '_', ' ')
    {%- else -%}
    case {{ attribute }}
        {%- for column in columns %}
        when '{{ column.name }}'
            then {{ text_literal(
                inline_label(column.label) if is_inline else column.label
            ) }}
        {%- endfor %}
    end
    {%- endif -%}
{%- endmacro %}

{# The same of a label that is known while the model compiles. #}
{% macro inline_label(label) %}
    {% do return(label | lower if label[1:] == label[1:] | lower else label) %}
{% endmacro %}

{# Labels as a phrase: Age, gender and annual income. #}
{% macro listed_labels(labels) %}
    {% set words = [labels[0]] %}
    {% for label in labels[1:] %}
        {% do words.append(inline_label(label)) %}
    {% endfor %}
    {% do return([words[:-1] | join(', '), words[-1]] | select | join(' and ')) %}
{% endmacro %}
