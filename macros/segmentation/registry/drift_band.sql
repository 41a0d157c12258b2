{#
    How far something has moved; what to do about it depends on what it is. From 0.1 on a
    population stability index is worth a look, from 0.25 on the users are others
    (Siddiqi 2006).

    Argument:
        excess_index: an expression
#}
{% macro drift_band(excess_index) -%}
    case
        when {{ excess_index }} >= {{ var('max_feature_drift') }} then 'drifted'
        when {{ excess_index }} >= 0.1 then 'watch'
        else 'stable'
    end
{%- endmacro %}
