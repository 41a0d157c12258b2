{#
    Answers that a seed does not list for their attribute; a missing answer is not
    listed either.

    Arguments:
        columns: names of columns with answers; the seed calls them attributes
        answers: the seed, one row per attribute and answer
#}
{% test answers_are_listed(model, columns, answers) %}
    with given_answers as (
        {%- for column in columns %}
        select distinct
            '{{ column }}' as attribute,
            {{ column }} as answer
        from {{ model }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    )

    select *
    from given_answers
    anti join {{ answers }} using (attribute, answer)
{% endtest %}
