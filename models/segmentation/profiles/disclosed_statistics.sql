with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

hidden_means as (
    select * from {{ ref('hidden_means') }}
)

select
    segment_statistics.objective,
    segment_statistics.segment_number,
    segment_statistics.feature,
    segment_statistics.user_count,
    segment_statistics.mean,
    segment_statistics.standard_deviation,
    segment_statistics.lower_quartile,
    segment_statistics.median,
    segment_statistics.upper_quartile,
    segment_statistics.population_mean,
    segment_statistics.population_standard_deviation,
    segment_statistics.standardised_difference,
    case
        when segment_statistics.is_suppressed then null
        when hidden_means.feature is null
            then segment_statistics.standardised_difference
        when hidden_means.is_population_mean_hidden then 0
        -- Which way the mean differs is certain where both of its limits do.
        else
            (
                greatest(
                    hidden_means.least_mean - segment_statistics.population_mean, 0
                )
                + least(
                    hidden_means.greatest_mean - segment_statistics.population_mean, 0
                )
            ) / nullif(segment_statistics.population_standard_deviation, 0)
    end as certain_difference,
    segment_statistics.is_suppressed or hidden_means.feature is not null
        as is_suppressed,
    coalesce(hidden_means.is_population_mean_hidden, false)
        as is_population_mean_hidden
from segment_statistics
left join hidden_means
    on
        segment_statistics.objective = hidden_means.objective
        and segment_statistics.segment_number = hidden_means.segment_number
        and segment_statistics.feature = hidden_means.feature
