{%- set protected_labels = protected_attributes() | map(attribute='label') | list -%}

with segment_statistics as (
    select * from {{ ref('segment_statistics') }}
),

feature_roles as (
    select * from {{ ref('feature_roles') }}
    where role = 'basis'
),

feature_catalog as (
    select * from {{ ref('feature_catalog') }}
),

objectives as (
    select distinct objective from feature_roles
),

-- Of all that formed the segments, they differ most in it.
differences as (
    select
        segment_statistics.objective,
        segment_statistics.feature,
        {{ exact_sum(
            'segment_statistics.user_count'
            ~ ' * pow(segment_statistics.standardised_difference, 2)'
        ) }} / nullif(sum(segment_statistics.user_count), 0) as variance_explained
    from segment_statistics
    inner join feature_roles
        on
            segment_statistics.objective = feature_roles.objective
            and segment_statistics.feature = feature_roles.feature
    group by all
),

ranked_features as (
    select
        objective,
        feature,
        row_number() over (
            partition by objective
            order by round(variance_explained, 9) desc nulls last, feature asc
        ) as place
    from differences
)

select
    objective,
    'segments' as grouping,
    cast(null as string) as feature,
    'Segments' as label
from objectives
union all
select
    ranked_features.objective,
    'leading_feature_quartiles' as grouping,
    ranked_features.feature,
    feature_catalog.label
from ranked_features
inner join feature_catalog on ranked_features.feature = feature_catalog.feature
where ranked_features.place = 1
union all
{%- if protected_labels %}
select
    objective,
    'protected_cells' as grouping,
    cast(null as string) as feature,
    {{ text_literal(listed_labels(protected_labels)) }} as label
from objectives
union all
{%- endif %}
select
    objective,
    'random_labels' as grouping,
    cast(null as string) as feature,
    'Chance' as label
from objectives
