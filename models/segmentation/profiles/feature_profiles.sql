{%- set limits = distinctive_limits() -%}

with disclosed_statistics as (
    select * from {{ ref('disclosed_statistics') }}
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
        disclosed_statistics.*,
        feature_catalog.label,
        feature_catalog.unit,
        feature_catalog.block,
        feature_catalog.kind,
        feature_catalog.source,
        feature_roles.role,
        feature_roles.is_outside_basis,
        case
            when feature_catalog.is_zero_none
                then
                    100 * disclosed_statistics.mean
                    / nullif(disclosed_statistics.population_mean, 0)
        end as index,
        round(disclosed_statistics.mean * disclosed_statistics.user_count)
            as positive_count,
        -- The standard error, from the root of the mean squared difference.
        disclosed_statistics.standard_deviation
        / sqrt(nullif(disclosed_statistics.user_count - 1, 0)) as standard_error,
        held_out_tests.p_value,
        held_out_tests.q_value
    from disclosed_statistics
    inner join feature_catalog
        on disclosed_statistics.feature = feature_catalog.feature
    inner join feature_roles
        on
            disclosed_statistics.objective = feature_roles.objective
            and disclosed_statistics.feature = feature_roles.feature
    left join held_out_tests
        on
            disclosed_statistics.objective = held_out_tests.objective
            and disclosed_statistics.segment_number = held_out_tests.segment_number
            and disclosed_statistics.feature = held_out_tests.feature
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
    is_outside_basis,
    is_suppressed,
    is_population_mean_hidden,
    user_count,
    known_share,
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
    certain_difference,
    p_value,
    q_value,
    user_count >= {{ limits.user_count }}
    and coalesce(abs(certain_difference) >= {{ limits.difference }}, false)
    and (not is_outside_basis or coalesce(q_value < {{ limits.q_value }}, false))
        as is_distinctive
from profiles
