"""Whether the header of a file names the columns that are needed, and no others."""

import csv
import re
from collections import Counter

from user_segmentation.files.format import BLANK
from user_segmentation.files.refusal import FileRefusedError, quoted
from user_segmentation.files.text import MOST_BYTES, USUAL, open_text

BLANKS = " \t"
DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    ":": "colons",
    BLANK: "blanks",
}
# Of a line without a known name: fewer of them may be punctuation, as these often are.
FEWEST_DELIMITERS = 2
NO_GUESS = {":", BLANK}
# What a spreadsheet writes above the header.
DELIMITER_NOTE = "sep="


def read_header(path, columns, form=USUAL):
    """The first line of a text file.

    Parameters
    ----------
    path : str
    columns : sequence of str
        Names that it should have.
    form : FileFormat
        The declared format.

    Returns
    -------
    list of str
        Its fields without outer blanks.

    Raises
    ------
    FileRefusedError
        If the line is no CSV.
    """
    try:
        fields = _first_fields(path, form)
    except csv.Error as error:
        with open_text(path, form) as file:
            line = file.readline(MOST_BYTES)
        if not _known_names(line, form.delimiter, columns, form):
            raise _no_header(path, line, columns, form, where="line 1") from error
        raise FileRefusedError(
            "quote_is_unbalanced",
            path,
            f"the header cannot be read ({error})",
            "Close every quote, and write one inside a field twice",
            where="line 1",
        ) from error
    return [field.strip(BLANKS) for field in fields]


def check_header(path, header, contract, *, where=None):
    """Refuse a header that does not name each of the columns once, and nothing else.

    Parameters
    ----------
    path : str
    header : sequence of str
        Names without outer blanks.
    contract : Contract
        Which columns there may be.
    where : str, optional
        Place of the header in the file.

    Raises
    ------
    FileRefusedError
    """
    columns, form = contract.columns, contract.form
    known = set(map(key_of, columns))
    found = Counter(map(key_of, header))
    if not known & found.keys():
        line = form.delimiter.join(header)
        raise _no_header(path, line, columns, form, where)
    needed = [column for column in columns if column not in contract.optional]
    lacking = [column for column in needed if key_of(column) not in found]
    unknown = [name for name in header if key_of(name) not in known]
    if form.unknown_columns == "ignore":
        header, unknown = [name for name in header if key_of(name) in known], []
    repeated = [name for name in header if found[key_of(name)] > 1]
    if lacking:
        also = f", and {_listed(unknown)} is not known" if unknown else ""
        raise FileRefusedError(
            "header_lacks_a_column",
            path,
            f"there is no column {_listed(lacking)}{also}",
            f"{form.listed_in} lists the columns: name them so",
            where=where,
        )
    if unknown:
        raise FileRefusedError(
            "header_has_an_unknown_column",
            path,
            f"the column {_listed(unknown)} is not known",
            form.remedy("unknown_columns: ignore", "Remove it")
            + f"; {form.listed_in} lists the columns",
            where=where,
        )
    if repeated:
        raise FileRefusedError(
            "header_repeats_a_column",
            path,
            f"there is more than one column {_listed(repeated[:1])}",
            "Keep the right one",
            where=where,
        )


def key_of(name):
    """A name as DuckDB knows it again: in any case, but of plain letters only."""
    return name.lower() if name.isascii() else name


def _first_fields(path, form):
    with open_text(path, form) as file:
        if form.delimiter == BLANK:
            return _fields_between_blanks(file.readline(MOST_BYTES), form)
        return next(
            csv.reader(
                file,
                delimiter=form.delimiter,
                quotechar=form.quote or None,
                quoting=csv.QUOTE_MINIMAL if form.quote else csv.QUOTE_NONE,
                strict=True,
            )
        )


def _fields_between_blanks(line, form):
    # To the reader, each of several blanks would separate fields.
    line = " ".join(re.split("[ \t]+", line.strip(BLANKS + "\r\n")))
    return next(csv.reader([line], delimiter=BLANK, quotechar=form.quote or None))


def _no_header(path, line, columns, form, where):
    undeclared = [mark for mark in DELIMITERS if mark != form.delimiter]
    for delimiter in undeclared:
        if len(_known_names(line, delimiter, columns, form)) > 1:
            return _wrong_delimiter(path, delimiter, None, form, where)
    if line.lower().startswith(DELIMITER_NOTE):
        return FileRefusedError(
            "header_is_absent",
            path,
            f"{quoted(line)} is a note for spreadsheets",
            f"Remove the line, and export the file with {_name(form.delimiter)} "
            "between columns",
            where=where,
        )
    seen = _seen_delimiter(line, form)
    if seen:
        return _wrong_delimiter(path, seen, line, form, where)
    return FileRefusedError(
        "header_is_absent",
        path,
        f"no column has a name that is known; the line is {quoted(line)}",
        form.remedy("has_header: false", "Name the columns in the first line")
        + f"; {form.listed_in} lists them",
        where=where,
    )


def _wrong_delimiter(path, delimiter, nameless, form, where):
    """What to say of a file, and of its line where that has no known name."""
    found = f"the columns are separated by {DELIMITERS[delimiter]}"
    remedy = f"Export it with {_name(form.delimiter)} between columns"
    if form.delimiter == ",":
        remedy += " and points in decimals"
    shown = '"\\t"' if delimiter == "\t" else f"'{delimiter}'"
    remedy = form.remedy(f"delimiter: {shown}", remedy)
    if nameless:
        found += f", and none has a name that is known: {quoted(nameless)}"
        remedy += f", and name the columns as {form.listed_in} lists them"
    return FileRefusedError("delimiter_is_wrong", path, found, remedy, where=where)


def _name(delimiter):
    return DELIMITERS.get(delimiter, quoted(delimiter))


def _seen_delimiter(line, form):
    """The delimiter that stands in a line oftener than the declared one, or None."""
    counts = {
        delimiter: line.count(delimiter)
        for delimiter in DELIMITERS
        if delimiter not in NO_GUESS
    }
    seen = max(counts, key=counts.get)
    fewest = max(FEWEST_DELIMITERS, line.count(form.delimiter) + 1)
    return seen if counts[seen] >= fewest else None


def _known_names(line, delimiter, columns, form):
    fields = (
        field.strip(BLANKS + form.quote + "\r\n") for field in line.split(delimiter)
    )
    return set(map(key_of, fields)) & set(map(key_of, columns))


def _listed(names):
    return ", ".join(map(quoted, names[:2])) + (" and others" if names[2:] else "")
