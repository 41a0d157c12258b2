{#
    Whether a decision is the one that holds: the newest, and of two at the same time the
    one that protects the user. For `qualify`. Rollback has the same rule:
    src/user_segmentation/release/decisions.py.
#}
{% macro is_last_decision() -%}
    row_number() over (
        partition by user_id order by decided_at desc, is_profiling_allowed asc
    ) = 1
{%- endmacro %}
