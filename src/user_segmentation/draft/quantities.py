"""Guesses about columns of numbers, rates and dates."""

import math

from user_segmentation.draft.dates import FEWEST_DATES, date_formats
from user_segmentation.draft.guess import Guess
from user_segmentation.draft.labels import RATES, name_words
from user_segmentation.draft.numbers import FEWEST_NUMBERS, PERCENT, is_written
from user_segmentation.draft.reading import TABLE

CODES = {"zip", "zipcode", "postal", "postcode", "plz", "phone", "tel", "code", "iban"}
IDS = {"id", "uuid", "guid", "key"}
YEARS = (1900, 2100)
# Largest code of an answer that is likely to be one.
FEW_NUMBERS = 3


def number_range(connection, facts, number):
    """Smallest and largest number, whether all are whole, and how many texts are none.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    facts : Facts
    number : str
        SQL of the number.

    Returns
    -------
    tuple of (float, float, bool, int)
    """
    (found,) = connection.execute(
        f"select min(number), max(number), bool_and(number = floor(number)),"
        f" count(value) - count(number) from (select {facts.expression} as value,"
        f" {number} as number from {TABLE})"
    ).fetchall()
    return found


def guess_number(connection, facts, convention):
    """A column of numbers or rates in a convention, or None.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    facts : Facts
    convention : Convention

    Returns
    -------
    Guess or None
    """
    words = set(name_words(facts.name))
    # Digits of codes are no quantities.
    if words & CODES or not is_written(facts.sample, convention):
        return None
    has_sign = convention.fits(facts.sample, PERCENT)
    number = convention.as_double(facts.expression)
    if has_sign:
        number = f"{number} / 100"
    low, high, is_whole, odd_count = number_range(connection, facts, number)
    if low is None or odd_count > (1 - FEWEST_NUMBERS) * facts.known_count:
        return None
    no_quantity = _no_quantity(facts, words, low, high, is_whole)
    if no_quantity:
        return Guess(facts.name, "ignore", no_quantity)
    is_rate = has_sign or (words & RATES and low >= 0 and high <= 1 and not is_whole)
    guess = Guess(
        facts.name,
        "rate" if is_rate else "number",
        _why(low, high, has_sign, is_rate),
        number=number,
        low=low,
        high=high,
    )
    _note_odd(guess, odd_count)
    if is_rate:
        if low < 0 or high > 1:
            guess.meta = {"minimum": math.floor(low), "maximum": math.ceil(high)}
            guess.notes.append("Some are outside of 0% to 100%, which is allowed here.")
        return guess
    if low >= 0 and not is_year(guess):
        guess.meta["minimum"] = 0
    if is_whole:
        guess.meta["is_whole"] = True
        if facts.distinct_count <= FEW_NUMBERS:
            guess.notes.append(
                "If the numbers are codes of answers: `type: category` and `answers`."
            )
    return guess


def _no_quantity(facts, words, low, high, is_whole):
    """Why digits are no quantity, or None."""
    if not (facts.is_key and is_whole):
        return None
    if words & IDS:
        return "another number for each user"
    is_running = low in (0, 1) and high - low == facts.row_count - 1
    return "rows numbered from the first to the last" if is_running else None


def is_year(guess):
    """Whether numbers are years.

    Parameters
    ----------
    guess : Guess

    Returns
    -------
    bool
    """
    words = set(name_words(guess.name))
    return bool(words & {"year", "yob", "jahr", "annee"}) and guess.high > YEARS[0]


def guess_date(connection, facts):
    """A column of dates, or of what may be dates, or None.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    facts : Facts

    Returns
    -------
    Guess or None
    """
    formats = date_formats(facts.sample)
    if not formats:
        return None
    counts = _dates_of_all_rows(connection, facts, formats)
    most = max(counts.values())
    if most < FEWEST_DATES * facts.known_count:
        return None
    best = [form for form in formats if counts[form] == most]
    if len(best) > 1:
        return Guess(
            facts.name,
            "ignore",
            f"dates, and day and month cannot be told apart ({' or '.join(best)})",
            notes=["To use it: `type: date`, and the right one under `format`."],
        )
    (form,) = best
    guess = Guess(
        facts.name,
        "date",
        f"dates as {form}",
        meta={} if form == "%Y-%m-%d" else {"format": form},
        number=f"epoch(try_strptime({facts.expression}, '{form}')) / 86400",
    )
    _note_odd(guess, facts.known_count - most)
    return guess


def _dates_of_all_rows(connection, facts, formats):
    counts = ", ".join(
        f"count(try_strptime({facts.expression}, '{form}'))" for form in formats
    )
    (found,) = connection.execute(f"select {counts} from {TABLE}").fetchall()
    return dict(zip(formats, found, strict=True))


def _note_odd(guess, count):
    """Say how many texts are none of the numbers or dates that all others are."""
    if count:
        guess.note(
            f"rows that do not fit: {count:,}",
            f"{count:,} rows have something else, and are rejected unless their texts "
            "stand under missing_values.",
        )


def are_dates(sample):
    """Whether some texts are dates in a format that is known.

    Parameters
    ----------
    sample : list of str

    Returns
    -------
    bool
    """
    return bool(date_formats(sample))


def _why(low, high, has_sign, is_rate):
    if has_sign:
        return f"percentages from {100 * low:.6g}% to {100 * high:.6g}%"
    kind = "fractions, and a name that says so," if is_rate else "numbers"
    return f"{kind} from {low:.10g} to {high:.10g}"
