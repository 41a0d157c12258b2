-- A name or a sentence is believed and repeated without its table: each must be true of
-- the marts that people can look it up in, and nothing may be said that is no claim.
{%- set limits = distinctive_limits() %}

with published_numbers as (
    select
        segment_key,
        feature as subject,
        unit,
        known_share,
        mean as number,
        population_mean as population_number,
        certain_difference as evidence,
        certain_difference as signed_evidence,
        is_suppressed,
        is_outside_basis,
        q_value
    from {{ ref('segment_traits') }}
    union all
    select
        segment_key,
        attribute || ': ' || answer as subject,
        'share' as unit,
        known_share,
        share as number,
        population_share as population_number,
        index as evidence,
        index - 100 as signed_evidence,
        false as is_suppressed,
        is_outside_basis,
        q_value
    from {{ ref('segment_answers') }}
    union all
    select
        segment_key,
        attribute || ': ' || item as subject,
        'share' as unit,
        known_share,
        share as number,
        population_share as population_number,
        index as evidence,
        index - 100 as signed_evidence,
        false as is_suppressed,
        is_outside_basis,
        q_value
    from {{ ref('segment_list_items') }}
),

claims as (
    select
        segment_claims.*,
        published_numbers.number,
        published_numbers.population_number,
        published_numbers.evidence as published_evidence,
        published_numbers.signed_evidence,
        published_numbers.is_suppressed,
        published_numbers.q_value as published_q_value,
        published_numbers.is_outside_basis as is_published_outside_basis,
        segments.user_count,
        segments.rule_name,
        segments.description,
        case segment_claims.direction when 'high' then 1 when 'low' then -1 end as sign,
        case
            when segment_claims.feature is null and segment_claims.direction = 'high'
                then {{ limits.index_high }}
            when segment_claims.feature is null then {{ limits.index_low }}
            -- A name that was given for more may be kept.
            when
                segment_claims.place = 'name'
                and abs(segment_claims.evidence) < {{ limits.named_difference }}
                then {{ limits.kept_difference }}
            when segment_claims.place = 'name' then {{ limits.named_difference }}
            else {{ limits.difference }}
        end as limit_of_evidence,
        {{ readable_numbers(
            'published_numbers.number',
            'published_numbers.population_number',
            'published_numbers.unit',
        ) }} || {{ known_words('published_numbers.known_share') }} as printed_numbers
    from {{ ref('segment_claims') }} as segment_claims
    left join {{ ref('segments') }} as segments
        on segment_claims.segment_key = segments.segment_key
    left join published_numbers
        on
            segment_claims.segment_key = published_numbers.segment_key
            and coalesce(
                segment_claims.feature,
                segment_claims.attribute || ': ' || segment_claims.answer
            )
            = published_numbers.subject
),

-- What is unknown holds no more than what is false.
checks as (
    select
        *,
        coalesce(number = observed_value, is_suppressed and observed_value is null)
        and population_number = population_value
        and published_evidence = evidence
        and is_published_outside_basis = is_outside_basis
        and coalesce(published_q_value, 2) = coalesce(q_value, 2) as is_copied,
        (is_suppressed or sign * (number - population_number) > 0)
        and sign * signed_evidence > 0 as has_direction,
        case
            when feature is not null
                then
                    sign * published_evidence >= limit_of_evidence
                    and threshold = sign * limit_of_evidence
            else
                sign * (published_evidence - limit_of_evidence) > 0
                and threshold = limit_of_evidence
        end as meets_threshold,
        place = 'name'
        or (
            user_count >= {{ limits.user_count }}
            and (
                not is_published_outside_basis
                or published_q_value < {{ limits.q_value }}
            )
        ) as is_significant,
        case place
            when 'name' then instr(lower(rule_name), words) > 0
            else
                instr(description, words) > 0
                and (
                    instr(words, ' (' || printed_numbers || ')') > 0
                    -- Of a small count no number may be printed.
                    or instr(words, ' against ') = 0
                )
                and {{ is_match(
                    'words',
                    "case direction
                        when 'high' then ' (more often|above average)( [(]|$)'
                        else ' (less often|below average)( [(]|$)'
                    end"
                ) }}
        end as is_printed
    from claims
),

false_claims as (
    select
        segment_key,
        place || ': ' || words as published,
        concat_ws(
            ', ',
            case when not coalesce(is_copied, false) then 'other numbers in marts' end,
            case when not coalesce(has_direction, false) then 'other direction' end,
            case when not coalesce(meets_threshold, false) then 'below threshold' end,
            case when not coalesce(is_significant, false) then 'not significant' end,
            case when not coalesce(is_printed, false) then 'printed otherwise' end
        ) as problem
    from checks
),

claimed_words as (
    select
        segments.objective,
        segments.segment_key,
        segments.segment_name,
        segments.rule_name,
        segments.description,
        segments.user_count,
        segments.named_by,
        segment_claims.place,
        segment_claims.words,
        row_number() over (
            partition by segments.segment_key, segment_claims.place
            order by segment_claims.claim_number
        ) as place_in_text
    from {{ ref('segments') }} as segments
    left join {{ ref('segment_claims') }} as segment_claims
        on segments.segment_key = segment_claims.segment_key
),

claimed_texts as (
    select
        segment_key,
        segment_name,
        -- A name may say whose it is, and have a number.
        regexp_replace(
            replace(
                lower(rule_name), ' (' || replace(objective, '_', ' ') || ')', ''
            ),
            ' [0-9]+$',
            ''
        ) as name_words,
        rule_name,
        description,
        user_count,
        named_by,
        {%- for place in [1, 2] %}
        max(words) filter (where place = 'name' and place_in_text = {{ place }})
            as words_{{ place }},
        {%- endfor %}
        {{ ordered_text('words', ', ', 'place_in_text') }} filter (
            where place = 'name' and place_in_text > 2
        ) as further_words,
        {{ ordered_text('words', ', ', 'place_in_text') }} filter (
            where place = 'description'
        ) as described_words
    from claimed_words
    group by all
),

unclaimed_words as (
    select
        segment_key,
        rule_name || '. ' || description as published,
        concat_ws(
            ', ',
            case
                when
                    name_words
                    <> coalesce(
                        nullif(concat_ws(' ', words_2, words_1), ''), 'other users'
                    ) || coalesce(' (' || further_words || ')', '')
                    then 'the name says more than its claims'
            end,
            case
                when segment_name <> rule_name and named_by is null
                    then 'nobody gave the name ' || segment_name
            end,
            case
                when
                    replace(description, '. Also: ', ', ')
                    <> coalesce(
                        'Compared with all users: ' || described_words || '.',
                        {{ words_without_claims('user_count') | indent(24) }}
                    )
                    then 'the description says more than its claims'
            end
        ) as problem
    from claimed_texts
)

select * from false_claims
where problem <> ''
union all
select * from unclaimed_words
where problem <> ''
