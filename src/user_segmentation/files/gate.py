"""The file gate: whether the structure of raw files can be trusted, before any model.

A value in the wrong column is worse than none: a file whose structure is in doubt is
refused as a whole, with one plain line.
"""

import hashlib
import os

import duckdb

from user_segmentation.files.copies import readable
from user_segmentation.files.format import BLANK, Contract
from user_segmentation.files.header import BLANKS, DELIMITERS, check_header, read_header
from user_segmentation.files.parquet_values import check_values
from user_segmentation.files.reading import (
    LINE,
    field_name,
    fields_of_line,
    identifier,
    is_whole_line,
    literal,
    text_relation,
)
from user_segmentation.files.refusal import FileRefusedError, quoted
from user_segmentation.files.text import (
    MOST_BYTES,
    check_text,
    has_delimiter_at_line_end,
)

MOST_CHARACTERS = 100_000


def file_problem(pattern, columns, **contract):
    """What is wrong with the first file that cannot be trusted.

    Parameters
    ----------
    pattern : str
        Path or glob of text files, or of Parquet files, whose names end in `.parquet`.
    columns : sequence of str
        Names of the columns that each file may have, in any order and letter case.
    **contract
        What else is said of them: fields of `Contract`.

    Returns
    -------
    str or None
        One line: code, file, place, what was found and what to do. None where every
        file is sound.
    """
    contract = Contract(columns, **contract)
    # As staging, which looks at the pattern and not at each file.
    is_parquet = pattern.lower().endswith(".parquet")
    try:
        # One for all files: to open it takes longer than to look at a small one.
        with duckdb.connect() as connection:
            for path in matching_files(pattern):
                try:
                    _check_is_regular(path)
                    if is_parquet:
                        _check_parquet(path, contract, connection)
                    else:
                        _check_text_file(path, contract, connection)
                except FileRefusedError as refusal:
                    if not contract.may_be_empty or refusal.code != "file_without_rows":
                        raise
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
        Path or glob; of several tables, one a line.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    patterns = pattern.splitlines()
    if len(patterns) > 1:
        return _fingerprint_of_all(map(file_fingerprint, patterns))
    digests = []
    for path in matching_files(pattern):
        with open(path, "rb") as file:
            digests.append(hashlib.file_digest(file, "sha256").hexdigest())
    return digests[0] if len(digests) == 1 else _fingerprint_of_all(digests)


def _fingerprint_of_all(digests):
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def matching_files(pattern):
    """Paths of the files that a path or glob stands for, in the order of their names.

    Parameters
    ----------
    pattern : str

    Returns
    -------
    list of str

    Raises
    ------
    FileRefusedError
        If there are none, or none that can be looked at.
    """
    if os.path.isdir(pattern):
        raise FileRefusedError(
            "file_is_a_directory",
            pattern,
            "it is a directory",
            "Name the files in it, such as folder/*.csv",
        )
    if "://" in pattern:
        raise FileRefusedError(
            "file_is_not_local",
            pattern,
            "it is no path of this machine",
            "Copy the files here",
        )
    with duckdb.connect() as connection:
        files = connection.execute("from glob(?) order by all", [pattern]).fetchall()
    if not files:
        raise FileRefusedError(
            "file_missing",
            pattern,
            "there is no such file",
            "Check the path: it starts in the project's folder; * ? [ ] are wildcards",
        )
    return [path for (path,) in files]


def _check_is_regular(path):
    if not os.path.isfile(path):
        raise FileRefusedError(
            "file_not_readable",
            path,
            "it is a pipe or a device, and staging reads a file more than once",
            "Write its content to a file",
        )


def _check_text_file(path, contract, connection):
    form = contract.form
    line_end = check_text(path, form)
    header = list(contract.columns)
    if form.has_header:
        header = read_header(path, contract.columns, form)
        check_header(path, header, contract, where="line 1")
    check_rows = _check_lines if form.delimiter == BLANK else _check_rows
    try:
        check_rows(path, header, line_end, form, connection)
    except duckdb.Error as error:
        # Most rows that it cannot make sense of are reported; a few stop it.
        raise FileRefusedError(
            "quote_is_unbalanced",
            path,
            f"it cannot be read as CSV ({quoted(str(error))})",
            "Close every quote, and write one inside a field twice",
        ) from error


def _check_rows(path, header, line_end, form, connection):
    names = [field_name(place) for place in range(len(header))]
    row_count, longest = _measure_text(path, names, line_end, form, connection)
    _check_row_ends(path, names, line_end, form, connection)
    _check_size(path, row_count, dict(zip(header, longest, strict=True)))


def _measure_text(path, names, line_end, form, connection):
    """As `_measure`; refuses a file with rows that DuckDB cannot make sense of."""
    errors = {"store_rejects": "true", "rejects_limit": "1000"}
    table = text_relation(
        literal(readable(path, form)), names, line_end, form, **errors
    )
    measured = _measure(names, table, connection)
    rejects = "select count(*) from reject_errors"
    if connection.execute(rejects).fetchall()[0][0]:
        # Which errors are kept depends on the threads; with one, it is the first.
        connection.execute("drop table reject_errors; drop table reject_scans")
        connection.execute("set threads = 1")
        _measure(names, table, connection)
        raise _bad_row(path, len(names), form, connection)
    return measured


def _check_row_ends(path, names, line_end, form, connection):
    """Refuse rows with a delimiter after the last field, which DuckDB passes over."""
    if not has_delimiter_at_line_end(path, form):
        return
    names = [*names, "one_more"]
    table = text_relation(
        literal(readable(path, form)), names, line_end, form, ignore_errors="true"
    )
    row_count, _ = _measure(names, table, connection)
    if row_count:
        mark = "comma" if form.delimiter == "," else quoted(form.delimiter)
        raise FileRefusedError(
            "row_is_ragged",
            path,
            f"a {mark} follows the last field of {row_count:,} rows",
            "Remove it",
        )


def _check_lines(path, header, line_end, form, connection):
    """Refuse lines that blanks do not separate into as many fields as there should be.

    DuckDB itself would take each of several blanks for the end of a field.
    """
    _measure_text(path, [LINE], line_end, form, connection)
    lines = text_relation(literal(readable(path, form)), [LINE], line_end, form)
    query = f"""
        with numbered_lines as (
            select
                row_number() over () + {int(form.has_header)} as number,
                {is_whole_line(form)} as is_whole,
                {fields_of_line(form)} as fields
            from {lines}
        )

        select
            count(*),
            arg_min((number, is_whole, len(fields)), number)
                filter (where not is_whole or len(fields) <> {len(header)}),
            max(list_max(list_transform(fields, lambda field: length(field))))
        from numbered_lines
        where fields <> [] or not is_whole
    """
    ((row_count, bad, longest),) = connection.execute(query).fetchall()
    if bad:
        number, is_whole, count = bad.values() if isinstance(bad, dict) else bad
        where = f"line {number}"
        if not is_whole:
            raise _unbalanced(path, where)
        raise _ragged(path, count, len(header), form, where)
    _check_size(path, row_count, {header[0]: longest})


def _measure(names, table, connection, numbers=()):
    """The number of rows, and the length of the longest value of each column."""
    lengths = ", ".join(
        # What is no text is read, too, and counted: a damaged page must not pass.
        f"0 * count({identifier(name)})"
        if name in numbers
        else f"max(length({identifier(name)}))"
        for name in names
    )
    query = f"select count(*), {lengths} from {table}"
    ((row_count, *longest),) = connection.execute(query).fetchall()
    return row_count, longest


def _bad_row(path, field_count, form, connection):
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
        return _unbalanced(path, where)
    if kind == "LINE SIZE OVER MAXIMUM":
        return FileRefusedError(
            "line_is_too_long",
            path,
            f"the row is longer than {MOST_BYTES:,} bytes",
            "Look for a quote that is not closed",
            where=where,
        )
    found = fewest if kind == "MISSING COLUMNS" else most
    return _ragged(path, found, field_count, form, where)


def _unbalanced(path, where):
    return FileRefusedError(
        "quote_is_unbalanced",
        path,
        "a quote is not closed, or text follows it",
        "Close every quote, and write one inside a field twice",
        where=where,
    )


def _ragged(path, found, expected, form, where):
    by_whom = "header" if form.has_header else "declaration"
    marks = DELIMITERS.get(form.delimiter, quoted(form.delimiter))
    remedy = f"Quote the fields that hold {marks}, and look for rows that are cut off"
    if found == 1 and not form.has_header:
        remedy = (
            f"Look whether {marks} separate its fields; if not, declare delimiter in "
            f"the meta of {form.listed_in}"
        )
    return FileRefusedError(
        "row_is_ragged",
        path,
        f"the row has {found} fields and the {by_whom} {expected}",
        remedy,
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


def _check_parquet(path, contract, connection):
    if not os.path.getsize(path):
        raise FileRefusedError("file_empty", path, "it is empty", "Export it again")
    table = f"read_parquet({literal(path)}, hive_partitioning = false)"
    try:
        described = connection.execute(f"describe from {table}")
        types = {name: kind for name, kind, *_ in described.fetchall()}
        names = list(types)
        header = [name.strip(BLANKS) for name in names]
        check_header(path, header, contract)
        check_values(path, types, contract.identifiers, connection)
        decoded = [
            f"decode({identifier(name)}) as {identifier(name)}"
            for name, kind in types.items()
            if kind == "BLOB"
        ]
        if decoded:
            table = f"(select * replace ({', '.join(decoded)}) from {table})"
        numbers = {n for n in names if types[n] not in ("VARCHAR", "BLOB")}
        row_count, longest = _measure(names, table, connection, numbers)
    except duckdb.Error as error:
        raise FileRefusedError(
            "file_is_not_parquet",
            path,
            f"it cannot be read as Parquet ({quoted(str(error))})",
            "Write it again, or give a CSV file a name that ends in .csv",
        ) from error
    _check_size(path, row_count, dict(zip(header, longest, strict=True)))
