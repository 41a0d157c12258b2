{#
    Whether an audience leaves a user alone: always the same users, as long as the salt
    is the same, and others for each objective.

    Arguments:
        objective, user_id: expressions
#}
{% macro is_held_out(objective, user_id) -%}
    {#- The first eight hexadecimal digits, as a number from 0 to 1. #}
    {%- set digits -%}
    substr(
        md5(
            '{{ escape_single_quotes(var("holdout_salt") | string) }}:'
            || {{ objective }} || ':' || {{ user_id }}
        ),
        1, 8
    )
    {%- endset %}
    {{ number_of_hex(digits) }} / 4294967296 < {{ var('holdout_share') }}
{%- endmacro %}
