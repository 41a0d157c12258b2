with answer_values as (
    select * from {{ ref('answer_values') }}
),

segment_shares as (
    select * from {{ ref('segment_shares') }}
),

disclosed_shares as (
    select * from {{ ref('disclosed_shares') }}
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

-- The zeros of an answer that nobody gave are known.
cells as (
    select
        segment_shares.objective,
        segment_shares.segment_number,
        answer_values.feature,
        answer_values.value,
        segment_shares.user_count,
        disclosed_shares.is_suppressed,
        disclosed_shares.is_suppressed and disclosed_shares.population_share is null
            as is_answer_hidden
    from segment_shares
    inner join disclosed_shares
        on
            segment_shares.objective = disclosed_shares.objective
            and segment_shares.segment_number = disclosed_shares.segment_number
            and segment_shares.attribute = disclosed_shares.attribute
            and segment_shares.answer = disclosed_shares.answer
    inner join answer_values
        on
            segment_shares.attribute = answer_values.attribute
            and segment_shares.answer = answer_values.answer
    where segment_shares.population_share > 0
),

segment_values as (
    select
        objective,
        segment_number,
        feature,
        sum(user_count) filter (where value is not null) as user_count,
        sum(user_count) filter (where is_suppressed) as hidden_user_count,
        {{ exact_sum('case when is_suppressed then 0 else value * user_count end') }}
            as shown_sum,
        min(value) filter (where is_suppressed) as least_value,
        max(value) filter (where is_suppressed) as greatest_value,
        min(value) filter (where is_answer_hidden)
        < max(value) filter (where is_answer_hidden) as differs_in_answers,
        count(*) filter (where is_suppressed) as hidden_count,
        count(value) filter (where is_suppressed) as known_hidden_count
    from cells
    group by all
)

-- Where all hidden answers of a segment have one value, the mean follows from what is
-- shown and tells nothing more.
select
    segment_values.objective,
    segment_values.segment_number,
    segment_values.feature,
    {%- for end in ['least', 'greatest'] %}
    case
        when
            segment_values.known_hidden_count = segment_values.hidden_count
            and feature_catalog.kind <> 'numeric'
            then
                (
                    segment_values.shown_sum
                    + segment_values.hidden_user_count * segment_values.{{ end }}_value
                ) / segment_values.user_count
    end as {{ end }}_mean,
    {%- endfor %}
    coalesce(segment_values.differs_in_answers, false) as is_population_mean_hidden
from segment_values
inner join feature_catalog on segment_values.feature = feature_catalog.feature
where
    segment_values.least_value < segment_values.greatest_value
    or segment_values.known_hidden_count between 1 and segment_values.hidden_count - 1
