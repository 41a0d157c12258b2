{%- set max_drop = var('max_count_drop') -%}
{%- set drop_percentage = '%g' | format(100 * max_drop) -%}
{%- set read_users = 'user_profiles' if has_profiles() else 'logs' -%}

with input_counts as (
    select * from {{ ref('input_counts') }}
),

last_segments as (
    select * from {{ ref('last_segments') }}
),

users as (
    select user_id from {{ ref('stg_users') }}
),

all_last_inputs as (
    {{ rows_of_last_build('last_inputs') | indent }}
),

-- The users of the shipped sample are other people than anybody else's.
last_inputs as (
    select *
    from all_last_inputs
    where is_sample = {{ is_sample_read() }}
),

-- Every objective had all users.
last_users as (
    select user_id
    from last_segments
    where
        objective = (
            select min(all_segments.objective) from last_segments as all_segments
        )
),

user_counts as (
    select
        count(*) as last_count,
        count(users.user_id) as current_count
    from last_users
    left join users on last_users.user_id = users.user_id
),

counts as (
    select
        'users' as measure,
        'users' as subject,
        nullif(last_count, 0) as last_count,
        case when last_count > 0 then current_count end as current_count
    from user_counts
    union all
    select
        'rows' as measure,
        input_counts.subject,
        last_inputs.row_count as last_count,
        input_counts.row_count as current_count
    from input_counts
    left join last_inputs
        on
            input_counts.measure = last_inputs.measure
            and input_counts.subject = last_inputs.subject
    where input_counts.measure = 'rows'
),

answers as (
    select * from input_counts
    where measure = 'answers'
),

last_answers as (
    select * from last_inputs
    where measure = 'answers'
),

paired_answers as (
    select
        coalesce(answers.subject, last_answers.subject) as subject,
        coalesce(answers.answer, last_answers.answer) as answer,
        coalesce(answers.row_count, 0) as current_count,
        coalesce(last_answers.row_count, 0) as last_count
    from answers
    full join last_answers
        on
            answers.subject = last_answers.subject
            and answers.answer is not distinct from last_answers.answer
),

answer_totals as (
    select
        *,
        sum(current_count) over subjects as user_count,
        sum(last_count) over subjects as training_user_count
    from paired_answers
    window subjects as (partition by subject)
),

answer_shares as (
    select
        *,
        {{ is_hidden_in_line('last_count', 'subject', "coalesce(answer, '')")
            | indent(8) }}
            as is_last_hidden,
        {{ is_hidden_in_line('current_count', 'subject', "coalesce(answer, '')")
            | indent(8) }}
            as is_current_hidden,
        current_count / user_count as user_share,
        last_count / training_user_count as training_share
    from answer_totals
    where user_count > 0 and training_user_count > 0
),

answer_stability as (
    select
        subject,
        cast(training_user_count as bigint) as last_count,
        cast(user_count as bigint) as current_count,
        {{ stability_columns() | indent(8) }}
    from answer_shares
    group by subject, training_user_count, user_count
),

-- Of what has come to be more common, the most.
risen_answers as (
    select *
    from answer_shares
    qualify
        row_number() over (
            partition by subject
            order by user_share - training_share desc, answer asc
        ) = 1
),

changes as (
    select
        measure,
        subject,
        cast(null as string) as answer,
        last_count,
        current_count,
        cast(null as double) as last_share,
        cast(null as double) as current_share,
        cast(null as double) as excess_index,
        coalesce(current_count < (1 - {{ max_drop }}) * last_count, false) as is_sudden
    from counts
    union all
    select
        'answers' as measure,
        answer_stability.subject,
        risen_answers.answer,
        answer_stability.last_count,
        answer_stability.current_count,
        case
            when not risen_answers.is_last_hidden then risen_answers.training_share
        end as last_share,
        case
            when not risen_answers.is_current_hidden then risen_answers.user_share
        end as current_share,
        answer_stability.excess_index,
        answer_stability.excess_index >= {{ var('max_feature_drift') }} as is_sudden
    from answer_stability
    inner join risen_answers on answer_stability.subject = risen_answers.subject
)

select
    *,
    case
        when not is_sudden then null
        when measure = 'users'
            then
                'Of the ' || last_count || ' users of the build before, '
                || last_count - current_count || ' are gone (more than max_count_drop, '
                || '{{ drop_percentage }}%): look whether the {{ read_users }} are '
                || 'complete.'
        when measure = 'rows'
            then
                'Rows of ' || subject || ' in use: ' || last_count
                || ' in the build before, ' || current_count
                || ' now (a fall of more than max_count_drop, {{ drop_percentage }}%): '
                || 'look whether its files are complete.'
        else
            'Of the users, '
            || coalesce({{ rounded('(100 * current_share)', 1) }} || '%', 'few')
            || ' have '
            || coalesce('the answer ' || answer, 'no known answer') || ' for '
            || subject || ', and '
            || coalesce({{ rounded('(100 * last_share)', 1) }} || '%', 'few')
            || ' had in the build before (stability index above chance '
            || {{ rounded('excess_index', 2) }}
            || ', max_feature_drift is {{ var("max_feature_drift") }}): look at the '
            || 'column in user_profiles.'
    end as finding
from changes
