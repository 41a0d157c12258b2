"""The file gate: whether the structure of raw files can be trusted, before any model.

A value in the wrong column is worse than none: a file whose structure is in doubt is
refused as a whole, with one plain line.
"""

import csv
import hashlib
import os
from collections import Counter

import duckdb

from file_bytes import check_text
from file_refusal import FileRefusedError, quoted

MOST_CHARACTERS = 100_000
MOST_BYTES = 2_000_000
BLANKS = " \t"
DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "bars", ":": "colons"}


def file_problem(pattern, columns):
    """What is wrong with the first file that cannot be trusted.

    Parameters
    ----------
    pattern : str
        Path or glob of CSV files, or of Parquet files, whose names end in `.parquet`.
    columns : sequence of str
        Names of the columns that each file must have, in any order and letter case.

    Returns
    -------
    str or None
        One line: code, file, place, what was found and what to do. None where every
        file is sound.
    """
    try:
        for path in _matching_files(pattern):
            try:
                _check_file(path, columns)
            except OSError as error:
                raise FileRefusedError(
                    "file_not_readable",
                    path,
                    f"it cannot be read ({error.strerror})",
                    "Check who may read it",
                ) from error
    except FileRefusedError as refusal:
        return str(refusal)
    return None


def file_fingerprint(pattern: str) -> str:
    """SHA-256 of a file; of several, that of theirs in the order of their names.

    Parameters
    ----------
    pattern : str
        Path or glob.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    digests = []
    for path in _matching_files(pattern):
        with open(path, "rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _matching_files(pattern):
    if os.path.isdir(pattern):
        raise FileRefusedError(
            "file_is_a_directory",
            pattern,
            "it is a directory",
            "Name the files in it, such as folder/*.csv",
        )
    with duckdb.connect() as connection:
        files = connection.execute("from glob(?) order by all", [pattern]).fetchall()
    if not files:
        raise FileRefusedError(
            "file_missing",
            pattern,
            "there is no such file",
            "Check the path: it starts where dbt was started; * ? [ ] are wildcards",
        )
    return [path for (path,) in files]


def _check_file(path, columns):
    with duckdb.connect() as connection:
        if path.lower().endswith(".parquet"):
            _check_parquet(path, columns, connection)
        else:
            _check_csv(path, columns, connection)


def _check_csv(path, columns, connection):
    line_end = check_text(path)
    header = _read_header(path)
    _check_header(path, header, columns, where="line 1")
    names = [f"field_{number}" for number in range(1, len(header) + 1)]
    # As staging reads it, but for the line end, which is known by now.
    table = f"""
        read_csv(
            $path, auto_detect = false, header = true, delim = ',', quote = '"',
            escape = '"', comment = '', skip = 0, new_line = '{_escaped(line_end)}',
            columns = {{{", ".join(f"'{name}': 'varchar'" for name in names)}}},
            max_line_size = {MOST_BYTES}, store_rejects = true, rejects_limit = 1000
        )
    """
    row_count, longest = _measure(path, names, table, connection)
    rejects = "select count(*) from reject_errors"
    if connection.execute(rejects).fetchall()[0][0]:
        # Which errors are kept depends on the threads; with one, it is the first.
        connection.execute("drop table reject_errors; drop table reject_scans")
        connection.execute("set threads = 1")
        _measure(path, names, table, connection)
        raise _bad_row(path, len(header), connection)
    _check_size(path, row_count, dict(zip(header, longest, strict=True)))


def _escaped(line_end):
    return line_end.encode("unicode_escape").decode()


def _measure(path, names, table, connection):
    """The number of rows, and the length of the longest value of each column."""
    lengths = ", ".join(f'max(length(cast("{name}" as varchar)))' for name in names)
    query = f"select count(*), {lengths} from {table}"
    ((row_count, *longest),) = connection.execute(query, {"path": path}).fetchall()
    return row_count, longest


def _read_header(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        try:
            fields = next(csv.reader(file, strict=True))
        except csv.Error as error:
            raise FileRefusedError(
                "quote_is_unbalanced",
                path,
                f"the header cannot be read ({error})",
                "Close every quote, and double quotes inside quotes",
                where="line 1",
            ) from error
    return [field.strip(BLANKS) for field in fields]


def _check_header(path, header, columns, *, where=None):
    known = {column.lower() for column in columns}
    found = Counter(name.lower() for name in header)
    if not known & found.keys():
        raise _no_header(path, header, known, where)
    lacking = [column for column in columns if column.lower() not in found]
    unknown = [name for name in header if name.lower() not in known]
    repeated = [name for name in header if found[name.lower()] > 1]
    if lacking:
        also = f", and {_listed(unknown)} is not known" if unknown else ""
        raise FileRefusedError(
            "header_lacks_a_column",
            path,
            f"there is no column {_listed(lacking)}{also}",
            "Name the columns as in seeds/raw_user_profiles.csv",
            where=where,
        )
    if unknown:
        raise FileRefusedError(
            "header_has_an_unknown_column",
            path,
            f"the column {_listed(unknown)} is not known",
            "Remove it",
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


def _no_header(path, header, known, where):
    line = ",".join(header)
    for delimiter, name in DELIMITERS.items():
        fields = {field.strip(BLANKS + '"').lower() for field in line.split(delimiter)}
        if len(fields & known) > 1:
            return FileRefusedError(
                "delimiter_is_wrong",
                path,
                f"the columns are separated by {name}",
                "Separate them by commas",
                where=where,
            )
    return FileRefusedError(
        "header_is_absent",
        path,
        f"none of the columns is named; there is {quoted(line)}",
        "Name the columns in the first line, as in seeds/raw_user_profiles.csv",
        where=where,
    )


def _listed(names):
    return ", ".join(map(quoted, names[:2])) + (" and others" if names[2:] else "")


def _bad_row(path, field_count, connection):
    ((line, kind, fewest, most),) = connection.execute(
        """
        select line, first(error_type), min(column_idx), max(column_idx)
        from reject_errors
        group by all
        order by line
        limit 1
        """
    ).fetchall()
    where = f"line {line}"
    if kind == "UNQUOTED VALUE":
        return FileRefusedError(
            "quote_is_unbalanced",
            path,
            "a quote is not closed, or text follows it",
            "Close every quote, and double quotes inside quotes",
            where=where,
        )
    if kind == "LINE SIZE OVER MAXIMUM":
        return FileRefusedError(
            "line_is_too_long",
            path,
            f"the row is longer than {MOST_BYTES:,} bytes",
            "Look for a quote that is not closed",
            where=where,
        )
    found = fewest if kind == "MISSING COLUMNS" else most
    return FileRefusedError(
        "row_is_ragged",
        path,
        f"the row has {found} fields and the header {field_count}",
        "Quote the fields that hold commas, and look for rows that are cut off",
        where=where,
    )


def _check_size(path, row_count, longest):
    if not row_count:
        raise FileRefusedError(
            "file_without_rows", path, "no row follows the header", "Export it again"
        )
    for name, length in longest.items():
        if (length or 0) > MOST_CHARACTERS:
            raise FileRefusedError(
                "field_is_too_long",
                path,
                f"a field is longer than {MOST_CHARACTERS:,} characters",
                "Look for a quote that is not closed",
                where=f"column {quoted(name)}",
            )


def _check_parquet(path, columns, connection):
    table = "read_parquet($path)"
    try:
        described = connection.execute(f"describe from {table}", {"path": path})
        names = [column[0] for column in described.fetchall()]
        row_count, longest = _measure(path, names, table, connection)
    except duckdb.Error as error:
        raise FileRefusedError(
            "file_is_not_parquet",
            path,
            f"it cannot be read as Parquet ({quoted(str(error))})",
            "Write it again, or give a CSV file a name that ends in .csv",
        ) from error
    header = [name.strip(BLANKS) for name in names]
    _check_header(path, header, columns)
    _check_size(path, row_count, dict(zip(header, longest, strict=True)))
