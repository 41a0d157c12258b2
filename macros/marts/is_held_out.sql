{#
    Whether an audience leaves a user alone: always the same users, as long as the salt
    is the same, and others for each objective.

    Arguments:
        objective, user_id: expressions
#}
{% macro is_held_out(objective, user_id) -%}
    {%- set salt = escape_single_quotes(var('holdout_salt') | string) -%}
    {{ share_of_hashes(
        "'" ~ salt ~ ":' || " ~ objective ~ " || ':' || " ~ user_id
    ) }} < {{ var('holdout_share') }}
{%- endmacro %}
