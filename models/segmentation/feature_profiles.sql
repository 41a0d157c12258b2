{%- set limits = distinctive_limits() -%}

with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

feature_roles as (
    select * from {{ ref('feature_roles') }}
),

held_out_tests as (
    select * from {{ ref('held_out_tests') }}
),

profiles as (
    select
        segment_statistics.*,
        feature_catalog.label,
        feature_catalog.unit,
        feature_catalog.block,
        feature_catalog.kind,
        feature_catalog.source,
        feature_roles.role,
        feature_roles.is_held_out,
        case
            when feature_catalog.is_zero_none
                then
                    100 * segment_statistics.mean
                    / nullif(segment_statistics.population_mean, 0)
        end as index,
        round(segment_statistics.mean * segment_statistics.user_count)
            as positive_count,
        -- The standard error, from the root of the mean squared difference.
        segment_statistics.standard_deviation
        / sqrt(nullif(segment_statistics.user_count - 1, 0)) as standard_error,
        held_out_tests.p_value,
        held_out_tests.q_value
    from segment_statistics
    inner join feature_catalog
        on segment_statistics.feature = feature_catalog.feature
    inner join feature_roles
        on
            segment_statistics.objective = feature_roles.objective
            and segment_statistics.feature = feature_roles.feature
    left join held_out_tests
        on
            segment_statistics.objective = held_out_tests.objective
            and segment_statistics.segment_number = held_out_tests.segment_number
            and segment_statistics.feature = held_out_tests.feature
)

select
    objective,
    segment_number,
    feature,
    label,
    unit,
    block,
    kind,
    source,
    role,
    is_held_out,
    is_suppressed,
    user_count,
    mean,
    {%- for column, sign in [('mean_low', '-'), ('mean_high', '+')] %}
    case
        when kind = 'flag'
            then {{ wilson_bound('positive_count', 'user_count', sign) }}
        else mean {{ sign }} 1.96 * standard_error
    end as {{ column }},
    {%- endfor %}
    lower_quartile,
    median,
    upper_quartile,
    population_mean,
    index,
    standardised_difference,
    p_value,
    q_value,
    user_count >= {{ limits.user_count }}
    and not is_suppressed
    and coalesce(abs(standardised_difference) >= {{ limits.difference }}, false)
    and (not is_held_out or coalesce(q_value < {{ limits.q_value }}, false))
        as is_distinctive
from profiles
