"""What was decided about each column, as a table for the terminal."""

import shutil
import textwrap

from user_segmentation.draft.declaration import share
from user_segmentation.files.refusal import printable

MOST_NAME = 30
NARROWEST = 88


def table_lines(guesses):
    """Lines of the table of columns.

    Parameters
    ----------
    guesses : list of Guess

    Returns
    -------
    list of str
    """
    rows = [
        (_cut(printable(guess.name)), _kind(guess), _missing(guess), _why(guess))
        for guess in guesses
    ]
    heads = ("column", "taken for", "missing", "why")
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(3)]
    left = sum(widths) + 6
    width = max(NARROWEST, shutil.get_terminal_size((NARROWEST, 24)).columns)
    lines = []
    for row in [heads, *rows]:
        first = "  ".join(
            cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)
        )
        lines += textwrap.wrap(
            row[3],
            max(width, left + 30),
            initial_indent=f"{first}  ",
            subsequent_indent=" " * left,
            break_long_words=False,
            drop_whitespace=True,
        ) or [first.rstrip()]
    return lines


def _kind(guess):
    if guess.is_protected:
        return f"{guess.kind}, protected"
    if (
        guess.kind not in ("id", "ignore", "time", "amount")
        and not guess.forms_segments
    ):
        return f"{guess.kind}, descriptor"
    return guess.kind


def _missing(guess):
    return share(guess.missing_share) if guess.missing_share else ""


def _why(guess):
    return "; ".join(printable(part) for part in [guess.why, *guess.remarks])


def _cut(text):
    return text if len(text) <= MOST_NAME else f"{text[: MOST_NAME - 1]}…"
