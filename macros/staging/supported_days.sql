{#
    A query of one row for the days that a log supports: first_day and last_day, null
    where it has no rows, and longest_silence, the days between two rows that are usual
    in it. What a few rows far from all others say is no day of the log.

    Days with longest_silence between them, or less, form a stretch. One counts that has
    as many users as a tenth of a typical day, and three users a day or users on three
    days; before the stretch with most rows, days of two users each, or a twentieth of
    all rows, since a day that stands for no date is one of many. The log ends with the
    last stretch that counts. It begins with the first, or up to four weeks before: a log
    may grow from nothing.

    Arguments:
        rows: relation with the log
        day: its day, in the zone of the variable time_zone
        user_id: whose the row is
        row_count: aggregate for the rows of a day
#}
{% macro supported_days(rows, day, user_id='user_id', row_count='count(*)') -%}
    with log_days as (
        select
            {{ day }} as log_day,
            cast({{ row_count }} as bigint) as row_count
        from {{ rows }}
        group by all
    ),

    running_totals as (
        select
            *,
            sum(row_count) over (order by row_count, log_day) as running_total,
            sum(row_count) over () as all_row_count
        from log_days
    ),

    -- The days with fewer rows have not half of them all: a thousand stray days have
    -- nothing to say about it.
    typical_day as (
        select
            log_day,
            row_count,
            all_row_count
        from running_totals
        where 2 * running_total >= all_row_count
        qualify row_number() over (order by running_total) = 1
    ),

    neighbours as (
        select
            *,
            lag(row_count) over (order by log_day) as row_count_before,
            {{ days_between('lag(log_day) over (order by log_day)', 'log_day') }}
                as silence
        from log_days
    ),

    -- Of little weight next to a day of few rows. A log is one of every day until it
    -- shows more days than a typical one that are none.
    silences as (
        select
            silence,
            least(row_count, row_count_before) as weight
        from neighbours
        where silence is not null
        union all
        select
            1 as silence,
            row_count as weight
        from typical_day
    ),

    weighed_silences as (
        select
            silence,
            sum(weight) over (order by silence) as running_weight,
            sum(weight) over () as all_weight
        from silences
    ),

    longest_silence as (
        select 3 * min(silence) as longest_silence
        from weighed_silences
        where 4 * running_weight >= 3 * all_weight
    ),

    days_of_stretches as (
        select
            neighbours.log_day,
            neighbours.row_count,
            longest_silence.longest_silence,
            sum(
                cast(neighbours.silence > longest_silence.longest_silence as integer)
            ) over (order by neighbours.log_day) as stretch,
            sum(
                cast(
                    neighbours.silence > greatest(longest_silence.longest_silence, 28)
                    as integer
                )
            ) over (order by neighbours.log_day) as beginning
        from neighbours
        cross join longest_silence
    ),

    -- The first day has no silence before it.
    stretches as (
        select
            coalesce(stretch, 0) as stretch,
            min(coalesce(beginning, 0)) as beginning,
            min(log_day) as first_day,
            max(log_day) as last_day,
            min(longest_silence) as longest_silence,
            sum(row_count) as row_count,
            count(*) as day_count
        from days_of_stretches
        group by coalesce(stretch, 0)
    ),

    largest_stretch as (
        select *
        from stretches
        qualify row_number() over (order by row_count desc, stretch desc) = 1
    ),

    -- Whose rows they are is asked of the others only: mostly of none.
    asked_days as (
        select
            days_of_stretches.log_day,
            coalesce(days_of_stretches.stretch, 0) as stretch
        from days_of_stretches
        cross join largest_stretch
        where
            coalesce(days_of_stretches.stretch, 0) <> largest_stretch.stretch
            or days_of_stretches.log_day in (select log_day from typical_day)
    ),

    asked_users as (
        select distinct
            asked_days.stretch,
            asked_days.log_day,
            all_rows.asked_user_id
        from (
            select
                {{ day }} as asked_day,
                {{ user_id }} as asked_user_id
            from {{ rows }}
        ) as all_rows
        inner join asked_days on all_rows.asked_day = asked_days.log_day
    ),

    stretch_users as (
        select
            stretch,
            count(*) as user_day_count,
            count(distinct asked_user_id) as user_count
        from asked_users
        group by stretch
    ),

    typical_users as (
        select
            count(asked_users.asked_user_id) as user_count,
            min(typical_day.all_row_count) as all_row_count
        from typical_day
        left join asked_users on typical_day.log_day = asked_users.log_day
    ),

    begun_stretches as (
        select
            *,
            min(first_day) over (partition by beginning) as begun_on
        from stretches
    )

    select
        min(begun_stretches.begun_on) as first_day,
        max(begun_stretches.last_day) as last_day,
        min(begun_stretches.longest_silence) as longest_silence
    from begun_stretches
    cross join largest_stretch
    cross join typical_users
    left join stretch_users on begun_stretches.stretch = stretch_users.stretch
    where
        begun_stretches.stretch = largest_stretch.stretch
        or stretch_users.user_day_count >= 3
        and 10 * stretch_users.user_count >= typical_users.user_count
        and (
            begun_stretches.stretch > largest_stretch.stretch
            or 20 * begun_stretches.row_count >= typical_users.all_row_count
            or begun_stretches.day_count > 1
            and stretch_users.user_day_count >= 2 * begun_stretches.day_count
        )
{%- endmacro %}
