-- A build that is refused for its rejected rows leaves this table as it was, too.
-- depends_on: {{ ref('user_features') }}
with feature_sources as (
    select * from {{ ref('feature_sources') }}
),

rejected_rows as (
    select * from {{ ref('stg_rejected_rows') }}
),

rejection_reasons as (
    select * from {{ ref('stg_row_rules') }}
),

read_counts as (
    select * from {{ ref('stg_read_counts') }}
),

-- The file of each column: a log is one, and every other is of the profiles.
feature_files as (
    select
        feature,
        source,
        case
            when source in ({{ log_names() }}) then source
            else 'user_profiles'
        end as file
    from feature_sources
),

-- Rows that break the same rules are counted first: a few lists to split, however many
-- rows there are.
reason_lists as (
    select
        source as file,
        reasons,
        count(*) as row_count
    from rejected_rows
    group by all
),

listed_reasons as (
    select
        *,
        {{ each_of("split(reasons, ', ')") }} as reason
    from reason_lists
),

-- A row that breaks two rules counts once for a feature.
feature_reason_lists as (
    select distinct
        feature_files.feature,
        listed_reasons.file,
        listed_reasons.reasons,
        listed_reasons.row_count
    from listed_reasons
    inner join rejection_reasons
        on
            listed_reasons.file = rejection_reasons.source
            and listed_reasons.reason = rejection_reasons.reason
    inner join feature_files
        on
            listed_reasons.file = feature_files.file
            and (
                -- A log's features are made of whole rows.
                feature_files.source = feature_files.file
                or rejection_reasons.field = feature_files.source
            )
),

rejected_counts as (
    select
        feature,
        sum(row_count) as rejected_count
    from feature_reason_lists
    group by all
),

feature_read_counts as (
    select
        files.feature,
        sum(read_counts.read_count) as read_count
    from (
        select distinct
            feature,
            file
        from feature_files
    ) as files
    inner join read_counts on files.file = read_counts.source
    group by all
)

select
    feature_read_counts.feature,
    coalesce(
        rejected_counts.rejected_count / nullif(feature_read_counts.read_count, 0), 0
    ) as rejected_share
from feature_read_counts
left join rejected_counts on feature_read_counts.feature = rejected_counts.feature
