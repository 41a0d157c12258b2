{# A label, in a column, as it stands inside of a sentence; one such as CTR stays. #}
{% macro lower_first(label) -%}
    case
        when substring({{ label }}, 2, 1) = lower(substring({{ label }}, 2, 1))
            then lower(left({{ label }}, 1)) || substring({{ label }}, 2)
        else {{ label }}
    end
{%- endmacro %}

{#
    The declared label of the attribute whose name stands in a column.

    Arguments:
        attribute: the column with the name
        is_inline: whether the label stands inside of a sentence, where words that are
            capitalised for the look of it are not
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

{# Education Level: education level; CTR of ads: CTR of ads. #}
{% macro inline_label(label) %}
    {% set words = [] %}
    {% for word in label.split(' ') %}
        {% do words.append(word | lower if word[1:] == word[1:] | lower else word) %}
    {% endfor %}
    {% do return(words | join(' ')) %}
{% endmacro %}

{# Labels as a phrase: Age, gender and annual income. #}
{% macro listed_labels(labels) %}
    {% set words = [labels[0]] %}
    {% for label in labels[1:] %}
        {% do words.append(inline_label(label)) %}
    {% endfor %}
    {% do return([words[:-1] | join(', '), words[-1]] | select | join(' and ')) %}
{% endmacro %}
