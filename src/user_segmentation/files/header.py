"""Whether the header of a file names the columns that are needed, and no others."""

import csv
from collections import Counter

from user_segmentation.files.refusal import FileRefusedError, quoted
from user_segmentation.files.text import MOST_BYTES

BLANKS = " \t"
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ":": "colons"}
# Of a line without a known name: fewer of them may be punctuation, as colons often are.
FEWEST_DELIMITERS = 2
NO_GUESS = {":"}
# What a spreadsheet writes above the header.
DELIMITER_NOTE = "sep="


def read_header(path, columns):
    """The first line of a CSV file.

    Parameters
    ----------
    path : str
    columns : sequence of str
        Names that it should have.

    Returns
    -------
    list of str
        Its fields without outer blanks.

    Raises
    ------
    FileRefusedError
        If the line is no CSV.
    """
    with open(path, newline="", encoding="utf-8-sig") as file:
        try:
            fields = next(csv.reader(file, strict=True))
        except csv.Error as error:
            file.seek(0)
            line = file.readline(MOST_BYTES)
            if not _known_names(line, ",", columns):
                raise _no_header(path, line, columns, where="line 1") from error
            raise FileRefusedError(
                "quote_is_unbalanced",
                path,
                f"the header cannot be read ({error})",
                "Close every quote, and write one inside a field twice",
                where="line 1",
            ) from error
    return [field.strip(BLANKS) for field in fields]


def check_header(path, header, columns, optional=(), *, where=None):
    """Refuse a header that does not name each of the columns once, and nothing else.

    Parameters
    ----------
    path : str
    header : sequence of str
        Names without outer blanks.
    columns : sequence of str
        Names that it may have, in any order and letter case.
    optional : sequence of str
        Those of them that it may leave out.
    where : str, optional
        Place of the header in the file.

    Raises
    ------
    FileRefusedError
    """
    known = set(map(_key, columns))
    found = Counter(map(_key, header))
    if not known & found.keys():
        raise _no_header(path, ",".join(header), columns, where)
    needed = [column for column in columns if column not in optional]
    lacking = [column for column in needed if _key(column) not in found]
    unknown = [name for name in header if _key(name) not in known]
    repeated = [name for name in header if found[_key(name)] > 1]
    if lacking:
        also = f", and {_listed(unknown)} is not known" if unknown else ""
        raise FileRefusedError(
            "header_lacks_a_column",
            path,
            f"there is no column {_listed(lacking)}{also}",
            "README.md lists the columns: name them so",
            where=where,
        )
    if unknown:
        raise FileRefusedError(
            "header_has_an_unknown_column",
            path,
            f"the column {_listed(unknown)} is not known",
            "Remove it; README.md lists the columns",
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


def _no_header(path, line, columns, where):
    for delimiter, name in DELIMITERS.items():
        if len(_known_names(line, delimiter, columns)) > 1:
            return FileRefusedError(
                "delimiter_is_wrong",
                path,
                f"the columns are separated by {name}",
                "Export it with commas between columns and points in decimals",
                where=where,
            )
    if line.lower().startswith(DELIMITER_NOTE):
        return FileRefusedError(
            "header_is_absent",
            path,
            f"{quoted(line)} is a note for spreadsheets",
            "Remove the line, and export the file with commas between columns",
            where=where,
        )
    seen = _seen_delimiter(line)
    if seen:
        return FileRefusedError(
            "delimiter_is_wrong",
            path,
            f"the columns are separated by {DELIMITERS[seen]}, and none has a name "
            f"that is known: {quoted(line)}",
            "Export it with commas between columns and points in decimals, and name "
            "the columns as README.md lists them",
            where=where,
        )
    return FileRefusedError(
        "header_is_absent",
        path,
        f"no column has a name that is known; the line is {quoted(line)}",
        "Name the columns in the first line; README.md lists them",
        where=where,
    )


def _seen_delimiter(line):
    """The delimiter that stands in a line oftener than commas do, or None."""
    counts = {
        delimiter: line.count(delimiter)
        for delimiter in DELIMITERS
        if delimiter not in NO_GUESS
    }
    seen = max(counts, key=counts.get)
    is_delimiter = counts[seen] >= max(FEWEST_DELIMITERS, line.count(",") + 1)
    return seen if is_delimiter else None


def _known_names(line, delimiter, columns):
    fields = (field.strip(BLANKS + '"\r\n') for field in line.split(delimiter))
    return set(map(_key, fields)) & set(map(_key, columns))


def _key(name):
    """A name as DuckDB knows it again: in any case, but of plain letters only."""
    return name.lower() if name.isascii() else name


def _listed(names):
    return ", ".join(map(quoted, names[:2])) + (" and others" if names[2:] else "")
