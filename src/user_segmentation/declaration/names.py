"""Names for SQL, made from whatever headers and answers are called."""

import re
import unicodedata
from functools import cache

import duckdb

# Columns that models of this project add to those of the users.
OWN_NAMES = frozenset(
    [
        *("answer", "attribute", "feature", "feature_number", "file", "objective"),
        *("raw_row", "rejection_reasons", "row_number", "sample_rank"),
        *("segment_key", "segment_number", "user_count", "user_id", "value"),
    ]
)


def plain_name(text, *, fallback="field"):
    """A name for a column or a table.

    Parameters
    ----------
    text : str
        What it is called, in a header or as a file.
    fallback : str
        The name where the text has no letter or digit that ASCII knows.

    Returns
    -------
    str
        A name that SQL takes without quotes, and that is none of the project's own.
    """
    name = words_of(text) or fallback
    if name[0].isdigit():
        name = f"{fallback}_{name}"
    return f"{name}_value" if is_taken(name) else name


def words_of(text):
    """The words of a text in lower-case letters and digits, joined by underscores.

    Empty where the text has no letter or digit that ASCII knows.
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", str(text))
    decomposed = unicodedata.normalize("NFKD", split.casefold())
    ascii_text = decomposed.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", ascii_text).strip("_")


def told_apart(names):
    """Names, each once: the second of two that are the same has a number behind it.

    Parameters
    ----------
    names : sequence of str

    Returns
    -------
    list of str
    """
    unique = []
    for name in names:
        candidate, number = name, 1
        while candidate in unique:
            number += 1
            candidate = f"{name}_{number}"
        unique.append(candidate)
    return unique


def is_plain(name):
    """Whether SQL takes a name without quotes, whatever its case."""
    return isinstance(name, str) and bool(re.fullmatch("[a-z][a-z0-9_]*", name))


def is_taken(name):
    """Whether a name has a meaning of its own in SQL, or in the project's models."""
    return name in OWN_NAMES or name in _keywords()


@cache
def _keywords():
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select keyword_name from duckdb_keywords()"
            " where keyword_category <> 'unreserved'"
        ).fetchall()
    return frozenset(name for (name,) in rows)
