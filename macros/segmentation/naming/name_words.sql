{#
    An aggregate over the claims of a segment, which have trait_rank and words: its name
    in small letters.

    Argument:
        most_traits: how many traits are in it at most
#}
{% macro name_words(most_traits=4) -%}
    coalesce(
        nullif(concat_ws(
            ' ',
            max(words) filter (where trait_rank = 2),
            max(words) filter (where trait_rank = 1)
        ), ''),
        'other users'
    )
    || coalesce(' (' || {{ ordered_text(
        'words', ', ', 'trait_rank',
        'trait_rank > 2 and trait_rank <= ' ~ most_traits
    ) }} || ')', '')
{%- endmacro %}
