-- All windows end on this day: where it moves by more than a month, and the fortnight
-- that the log of one may be late, every user looks like another, and it may be the log
-- that is.
{{ config(severity='warn') }}
{%- set moved = days_between('previous_as_of_date', 'as_of_date') %}

select
    'Features look at the logs until ' || as_of_date || ', '
    || case
        when as_of_date < previous_as_of_date
            then -{{ moved }} || ' days before'
        else {{ moved }} || ' days after'
    end
    || ' the last day of the build before, ' || previous_as_of_date || ': look whether '
    || 'the logs are whole, or set as_of_date.' as finding
from {{ ref('stg_observed_period') }}
where {{ moved }} not between 0 and 45
