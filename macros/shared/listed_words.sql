{# Labels as a phrase: Age, gender and income. #}
{% macro listed_words(labels) %}
    {% set words = [labels[0]] %}
    {% for label in labels[1:] %}
        {% do words.append(
            label if label[1:2] != label[1:2] | lower else label[:1] | lower ~ label[1:]
        ) %}
    {% endfor %}
    {% do return(
        [words[:-1] | join(', '), words[-1]] | select | join(' and ')
    ) %}
{% endmacro %}
