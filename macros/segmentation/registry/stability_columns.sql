{#
    How far two spreads of users over the same bins lie apart, as columns of a query that
    has a row for each bin and is grouped by everything else: the population stability
    index (Siddiqi 2006, Credit Risk Scorecards), what chance makes of it (Yurdakul 2018,
    Statistical Properties of the Population Stability Index), and what is beyond it.

    The rows have training_share and training_user_count, user_share and user_count: the
    share of the users who are in the bin, and how many users there are in all of them.
#}
{% macro stability_columns() -%}
    {%- set expected = share_to_compare('training_share', 'training_user_count') -%}
    {%- set actual = share_to_compare('user_share', 'user_count') -%}
    {#- A bin that is empty both times says nothing. #}
    {{ exact_sum(
        'case when training_share + user_share > 0 then (' ~ actual ~ ' - ' ~ expected
        ~ ') * ln(' ~ actual ~ ' / ' ~ expected ~ ') else 0 end'
    ) }} as stability_index,
    {#- Without drift the index is about this times a chi-squared number with one degree
        of freedom less than bins that anybody was or is in. #}
    1 / training_user_count + 1 / user_count as chance_factor,
    greatest(count(*) filter (where training_share + user_share > 0) - 1, 0)
        as freedom_count,
    chance_factor * freedom_count as expected_index,
    {#- Its quantile of 99.99% (Wilson and Hilferty 1931), which is 3.719 for a normal
        number: hundreds of features are compared in a year. #}
    coalesce(
        expected_index * pow(
            1
            - 2 / nullif(9 * freedom_count, 0)
            + 3.719 * sqrt(2 / nullif(9 * freedom_count, 0)),
            3
        ),
        0
    ) as chance_limit,
    case
        when stability_index > chance_limit then stability_index - expected_index
        else 0
    end as excess_index
{%- endmacro %}

{# An empty bin counts as half a user: the logarithm of zero has no end, and with few
   users a bin is often empty by chance. #}
{% macro share_to_compare(share, user_count) -%}
    greatest({{ share }}, 0.0001, 0.5 / {{ user_count }})
{%- endmacro %}
