{#
    From where on a difference is worth a word, for every model that decides it and for
    the test of what was published. With millions of users every difference is
    significant; these ask how large it is.
#}
{% macro distinctive_limits() %}
    {% do return({
        'user_count': 30,
        'difference': 0.2,
        'named_difference': 0.25,
        'index_low': 80,
        'index_high': 125,
        'q_value': 0.05,
    }) %}
{% endmacro %}

{#
    What is said of a segment of which no claim is made.

    Argument:
        user_count: an expression
#}
{% macro words_without_claims(user_count) -%}
    {%- set fewest = distinctive_limits().user_count -%}
    case
        when {{ user_count }} < {{ fewest }}
            then
                'It has fewer than {{ fewest }} users, too few to say what sets it apart.'
        else 'No difference from all users is large enough to be told.'
    end
{%- endmacro %}
