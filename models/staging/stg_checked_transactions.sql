{{ config(materialized='table') }}

with transactions as (
    select * from {{ source('raw', 'transactions') }}
),

cleaned as (
    select
        {{ number_as_read() }} as row_number,
        {{ clean_text('transaction_id') }} as transaction_id,
        {{ clean_text('user_id') }} as user_id,
        {{ clean_text('occurred_at') }} as occurred_at_text,
        amount as amount_text,
        upper({{ clean_text('currency') }}) as currency,
        lower({{ clean_text('is_refund') }}) as is_refund_text,
        -- The whole row as one value.
        {{ whole_row('transactions') }} as raw_transaction
    from transactions
),

typed as (
    select
        *,
        {{ parse_time('occurred_at_text') }} as occurred_at,
        {{ parse_number('amount_text') }} as amount,
        -- Exact, so that sums are right to the cent; a rejected row may hold what no
        -- decimal can.
        try_cast({{ clean_text('amount_text') }} as decimal(18, 8)) as exact_amount,
        {{ parse_boolean('is_refund_text') }} as is_refund
    from cleaned
),

checked as (
    select
        *,
        nullif(
            concat_ws(
                ', ',
                {{ missing_problem('transaction_id') }},
                {{ missing_problem('user_id') }},
                {{ time_problem('occurred_at') }},
                {{ number_problem('amount', 0, 1000000000, exact='exact_amount') }},
                case
                    when currency is null then 'currency_missing'
                    when not {{ is_match('currency', "'^[A-Z]{3}$'") }}
                        then 'currency_unknown'
                end,
                {{ boolean_problem('is_refund') }}
            ),
            ''
        ) as rule_problems
    from typed
),

valid as (
    select
        user_id,
        cast({{ local_time('occurred_at') }} as date) as transaction_date
    from checked
    where rule_problems is null
),

period as (
    {{ supported_days('valid', 'transaction_date') }}
),

placed as (
    select
        checked.*,
        {{ far_time_problem('occurred_at', 'period.first_day', 'period.last_day') }}
            as far_problem
    from checked
    cross join period
),

-- Of the deliveries of a transaction the earliest is kept, whatever their order; one
-- far from all others only where there is none else.
numbered as (
    select
        *,
        row_number() over (
            partition by transaction_id, rule_problems is null
            order by
                far_problem is not null,
                occurred_at, user_id, exact_amount, currency, is_refund, row_number
        ) as delivery_number
    from placed
)

select
    row_number,
    transaction_id,
    user_id,
    occurred_at,
    case when amount is not null then exact_amount end as amount,
    currency,
    is_refund,
    case
        when rule_problems is not null then rule_problems
        when delivery_number > 1 then 'transaction_id_repeated'
        else far_problem
    end as rejection_reasons,
    case
        when
            rule_problems is not null
            or delivery_number > 1
            or far_problem is not null
            then {{ json_of('raw_transaction') }}
    end as raw_row
from numbered
