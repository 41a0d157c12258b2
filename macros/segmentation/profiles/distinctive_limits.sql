{#
    From where on a difference is worth a word, for every model that decides it and for
    the test of what was published. With millions of users every difference is
    significant; these ask how large it is.

    A name, or an action, is given for a difference of `named_difference`, and kept while
    it is `kept_difference` in the same direction: in segments of 200 of 1,000 users
    chance moves a difference by some 0.06 from one draw of users to the next. What it
    says must be known of `named_known_share` of the segment's users, and of
    `kept_known_share` to be kept. A name
    that was given up, or whose segment is gone, rests for `name_rest_days` before another
    segment may have it.
#}
{% macro distinctive_limits() %}
    {% do return({
        'user_count': 30,
        'difference': 0.2,
        'named_difference': 0.25,
        'kept_difference': 0.15,
        'named_known_share': 1 / 2,
        'kept_known_share': 1 / 3,
        'name_rest_days': 365,
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
