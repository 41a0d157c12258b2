{#- Spark's windows do not see the names of columns beside them. -#}
{%- set segment_name =
    'coalesce(trim(segment_aliases.alias), segment_names.rule_name)' -%}

with segment_sizes as (
    select * from {{ ref('segment_sizes') }}
),

segment_validity as (
    select * from {{ ref('segment_validity') }}
),

segment_names as (
    select * from {{ ref('segment_names') }}
),

segment_aliases as (
    select * from {{ ref('segment_aliases') }}
),

description_claims as (
    select * from {{ ref('description_claims') }}
),

segment_colors as (
    select * from {{ ref('segment_colors') }}
),

chosen_actions as (
    select * from {{ ref('chosen_actions') }}
),

sentences as (
    select
        objective,
        segment_number,
        {{ ordered_text('words', ', ', 'claim_rank', 'sentence = 1') }} as sentence_1,
        {{ ordered_text('words', ', ', 'claim_rank', 'sentence = 2') }} as sentence_2
    from description_claims
    group by objective, segment_number
)

select
    segment_sizes.objective,
    segment_sizes.segment_key,
    segment_sizes.segment_number,
    {{ segment_name }} as segment_name,
    cast(row_number() over (
        partition by segment_sizes.objective
        order by
            segment_sizes.user_count desc,
            {{ segment_name }} asc,
            segment_sizes.segment_number asc
    ) as bigint) as sort_order,
    segment_colors.color,
    segment_names.rule_name,
    segment_aliases.named_by,
    segment_aliases.named_on,
    coalesce(
        'Compared with all users: '
        || coalesce(
            sentences.sentence_1 || '. Also: ' || sentences.sentence_2,
            sentences.sentence_1,
            sentences.sentence_2
        )
        || '.',
        {{ words_without_claims('segment_sizes.user_count') | indent(8) }}
    ) as description,
    segment_sizes.user_count,
    segment_sizes.user_share,
    segment_validity.verdict,
    segment_validity.jaccard,
    min(segment_validity.jaccard) over (partition by segment_sizes.objective)
        as worst_jaccard,
    case
        when segment_validity.verdict = 'none'
            then '{{ no_action() }}'
        when chosen_actions.recommended_action is not null
            then chosen_actions.recommended_action
        when segment_names.name_words = 'other users'
            then 'No action: no trait sets these users apart.'
        else 'No action: what gave these users their name sets them apart too little.'
    end as recommended_action,
    segment_sizes.model_version
from segment_sizes
inner join segment_validity
    on
        segment_sizes.objective = segment_validity.objective
        and segment_sizes.segment_number = segment_validity.segment_number
inner join segment_names
    on
        segment_sizes.objective = segment_names.objective
        and segment_sizes.segment_number = segment_names.segment_number
left join sentences
    on
        segment_sizes.objective = sentences.objective
        and segment_sizes.segment_number = sentences.segment_number
left join segment_aliases on segment_sizes.segment_key = segment_aliases.segment_key
left join segment_colors
    on
        segment_sizes.objective = segment_colors.objective
        and segment_sizes.segment_number = segment_colors.segment_number
left join chosen_actions
    on
        segment_sizes.objective = chosen_actions.objective
        and segment_sizes.segment_number = chosen_actions.segment_number
