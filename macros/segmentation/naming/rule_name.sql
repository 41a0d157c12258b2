{#
    The name of a segment as people read it, of the columns objective, name_words,
    name_number and says_objective.
#}
{% macro rule_name() -%}
    upper(left(name_words, 1))
    || substring(name_words, 2)
    || coalesce(' ' || name_number, '')
    || case
        when says_objective then ' (' || replace(objective, '_', ' ') || ')' else ''
    end
{%- endmacro %}
