"""A log that the project does not have, as somebody would add it."""

from textwrap import dedent

TICKETS = 1500
BROKEN = TICKETS // 2

DESCRIPTION = """
      - name: support_tickets
        description: Questions to support. One row per ticket.
        columns:
          - name: ticket_id
            description: Identifier of the ticket.
            config:
              meta: {is_identifier: true}
          - name: user_id
            description: Identifier of the user as logged.
            config:
              meta: {is_identifier: true}
          - name: occurred_at
            description: When it was opened, date and time with an offset.
          - name: minutes
            description: How long it took.
"""
LISTED = """\
        'support_tickets': {
            'checked': 'stg_checked_support_tickets',
            'accepted': 'stg_support_tickets',
            'log': 'support_ticket',
        },
"""
CHECKED = """
    {{ config(materialized='table') }}

    with cleaned as (
        select
            {{ number_as_read() }} as row_number,
            {{ clean_text('user_id') }} as user_id,
            {{ clean_text('occurred_at') }} as occurred_at_text,
            minutes as minutes_text,
            {{ whole_row('tickets') }} as raw_ticket
        from {{ source('raw', 'support_tickets') }} as tickets
    ),

    typed as (
        select
            *,
            {{ parse_time('occurred_at_text') }} as occurred_at,
            {{ parse_number('minutes_text') }} as minutes
        from cleaned
    )

    select
        row_number,
        user_id,
        occurred_at,
        minutes,
        nullif(
            concat_ws(
                ', ',
                {{ missing_problem('user_id') }},
                {{ time_problem('occurred_at') }},
                {{ number_problem('minutes', 0, 1440) }}
            ),
            ''
        ) as rejection_reasons,
        {{ json_of('raw_ticket') }} as raw_row
    from typed
"""
CHECKED_COLUMNS = """
    models:
      - name: stg_checked_support_tickets
        description: The tickets with the rules that each breaks. One row per raw row.
        columns:
          - {name: row_number, description: Place of the row.}
          - {name: rejection_reasons, description: Rules that the row breaks.}
          - {name: raw_row, description: The row as it was read.}
"""
ACCEPTED = """
    {{ config(pre_hook="{{ check_rejected_share('support_tickets') }}") }}

    select
        user_id,
        occurred_at,
        minutes
    from {{ ref('stg_checked_support_tickets') }}
    where rejection_reasons is null
"""
SENTENCE = "support_tickets,minutes_not_a_number,minutes,minutes is not a number.\n"


def add_fourth_log(project):
    """Give a copy of the project the log `support_tickets`, half of it broken.

    Parameters
    ----------
    project : Path
        Folder of the copy.

    Returns
    -------
    str
        Path of the file with the log.
    """
    staging = project / "models/staging"
    _append(staging / "sources.yml", DESCRIPTION)
    _append(project / "seeds/log_rejection_reasons.csv", SENTENCE)
    _insert(
        project / "dbt_project.yml", "  consents: null\n", "  support_tickets: null\n"
    )
    _insert(project / "macros/staging/sources_read.sql", "    {% do return({\n", LISTED)
    for name, text in (
        ("stg_checked_support_tickets.sql", CHECKED),
        ("stg_checked_support_tickets.yml", CHECKED_COLUMNS),
        ("stg_support_tickets.sql", ACCEPTED),
    ):
        (staging / name).write_text(dedent(text))

    file = project / "support_tickets.csv"
    lines = ["ticket_id,user_id,occurred_at,minutes"]
    for number in range(TICKETS):
        minutes = "many" if number < BROKEN else "5"
        day = 1 + number % 30
        lines.append(
            f"t{number},{1 + number % 900},2025-12-{day:02}T12:00:00Z,{minutes}"
        )
    file.write_text("\n".join(lines) + "\n")
    return str(file)


def _append(path, text):
    path.write_text(path.read_text().rstrip("\n") + "\n" + text.removeprefix("\n"))


def _insert(path, line, text):
    """Put text after a line of a file."""
    before, after = path.read_text().split(line, 1)
    path.write_text(before + line + text + after)
