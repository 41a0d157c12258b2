"""How a text file is laid out: delimiter, quote, header."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from user_segmentation.draft.refusal import DraftRefusedError
from user_segmentation.files.refusal import quoted

HEAD_CHARACTERS = 1 << 18
HEAD_ROWS = 1000
BLANKS = " \t"
# Commas last: where numbers have them, they too stand as often in each row.
DELIMITERS = ("\t", ";", "|", ",")
RUNS_OF_BLANKS = " "
QUOTES = ('"', "'")
# Of the rows of the head; whether all are, the reading of the whole file tells.
FEWEST_EVEN_ROWS = 0.98
QUOTED_SHARE = 0.5
DIGIT = re.compile(r"\d")
# Of a number that is missing.
NO_NAMES = {"na", "n/a", "nan", "null", "none", "-", "--", "?", "."}
VALUE = re.compile(
    r"[-+]?[\d.,' ]*\d(?:[eE][-+]?\d+)?\s*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*"
)


@dataclass(frozen=True)
class Layout:
    """How the text of a file becomes rows."""

    delimiter: str
    quote: str
    has_header: bool
    names: tuple[str, ...]


def find_layout(path, shown_path):
    """Layout of a text file in UTF-8.

    Parameters
    ----------
    path : str
    shown_path : str
        The file as people know it.

    Returns
    -------
    Layout

    Raises
    ------
    DraftRefusedError
        If no delimiter makes rows of it, or if its header names no columns.
    """
    with open(path, encoding="utf-8-sig", newline="") as file:
        head = file.read(HEAD_CHARACTERS)
        is_whole = not file.read(1)
    if head.lower().startswith("sep="):
        raise DraftRefusedError(
            shown_path,
            f"{quoted(head.splitlines()[0])} is a note for spreadsheets. Remove it.",
            where="line 1",
        )
    delimiter, quote, rows = _best(head, is_whole)
    if not rows:
        raise DraftRefusedError(shown_path, "it has no rows. Export it again.")
    width = len(rows[0])
    has_header = _has_header(rows)
    if width == 1:
        raise DraftRefusedError(
            shown_path,
            f"neither commas, semicolons, tabs, bars nor blanks make columns of "
            f"{quoted(rows[0][0])} and the rows below it. Export it as CSV.",
        )
    if not has_header:
        names = [f"column_{place}" for place in range(1, width + 1)]
    else:
        names = [name.strip(BLANKS) for name in rows[0]]
        check_names(names, shown_path)
    return Layout(delimiter, quote, has_header, tuple(names))


def check_names(names, path):
    """Refuse names of columns that no declaration can tell apart.

    Parameters
    ----------
    names : list of str
    path : str

    Raises
    ------
    DraftRefusedError
    """
    for place, name in enumerate(names, start=1):
        if not name.strip():
            raise DraftRefusedError(
                path, f"column {place} has no name. Name it in the header."
            )
        if is_code(name):
            raise DraftRefusedError(
                path, f"dbt would run the name {quoted(name)} as code. Rename it."
            )
    keys = Counter(name.casefold() for name in names)
    for name in names:
        if keys[name.casefold()] > 1:
            raise DraftRefusedError(
                path, f"there is more than one column {quoted(name)}. Rename one."
            )


def is_code(text):
    """Whether dbt would take a text in YAML for something to run.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
    """
    return any(mark in text for mark in ("{{", "{%", "{#", "}}", "%}", "#}"))


def split_blanks(lines):
    """Rows of lines whose fields are apart by one blank or more.

    Parameters
    ----------
    lines : iterable of str

    Returns
    -------
    csv.reader
    """
    plain = (line.replace("\t", " ").strip() for line in lines)
    return csv.reader(
        (line for line in plain if line), delimiter=" ", skipinitialspace=True
    )


def _best(head, is_whole):
    """Delimiter and quote that make even rows, and the rows."""
    best = (",", '"', _rows(head, ",", '"', is_whole))
    most = (False, 0.0)
    for quote in QUOTES:
        for delimiter in (*DELIMITERS, RUNS_OF_BLANKS):
            if quote == "'" and not _is_wrapped(head, delimiter):
                continue
            rows = _rows(head, delimiter, quote, is_whole)
            widths = Counter(map(len, rows))
            if not rows or len(rows[0]) == 1:
                continue
            evenness = widths[len(rows[0])] / len(rows)
            # A blank makes columns only where nothing else does.
            if evenness >= FEWEST_EVEN_ROWS and (quote == "'", evenness) > most:
                if delimiter == RUNS_OF_BLANKS and most[1]:
                    continue
                best, most = (delimiter, quote, rows), (quote == "'", evenness)
    return best if most[1] else _widest(head, is_whole)


def _widest(head, is_whole):
    """Where no delimiter makes even rows: the one that stands in the first line."""
    first = head.lstrip().split("\n")[0]
    delimiter = max(DELIMITERS[::-1], key=first.count)
    return delimiter, '"', _rows(head, delimiter, '"', is_whole)


def _rows(head, delimiter, quote, is_whole):
    lines = io.StringIO(head, newline="")
    if delimiter == RUNS_OF_BLANKS:
        reader = split_blanks(lines)
    else:
        reader = csv.reader(lines, delimiter=delimiter, quotechar=quote)
    rows = []
    try:
        for row in reader:
            if row:
                rows.append(row)
            if len(rows) == HEAD_ROWS:
                return rows
    except csv.Error:
        return rows
    return rows if is_whole else rows[:-1]


def _is_wrapped(head, delimiter):
    """Whether single quotes stand around fields, and double ones nowhere."""
    fields = [
        field.strip() for line in head.splitlines() for field in line.split(delimiter)
    ]
    wrapped = [field for field in fields if field[:1] == field[-1:] == "'" != field]
    return '"' not in head and len(wrapped) > QUOTED_SHARE * len(fields)


def _has_header(rows):
    """Whether the first row names columns: a value like those below it names none."""
    first, *others = rows
    is_value = False
    for place, name in enumerate(map(str.strip, first)):
        values = [row[place].strip() for row in others if len(row) > place]
        values = [value for value in values if value]
        if not values or not name:
            continue
        are_values = all(map(VALUE.fullmatch, values))
        is_like = VALUE.fullmatch(name) if are_values else DIGIT.search(name)
        if name in values or name.lower() in NO_NAMES or (are_values and is_like):
            is_value = True
        elif not is_like and all(map(DIGIT.search, values)):
            # Years may be names: 2023 is one where another column has a word.
            return True
    return not is_value
