"""All rows of the files to draft from, as a table of texts."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from user_segmentation.draft.encoding import as_utf_8
from user_segmentation.draft.layout import (
    RUNS_OF_BLANKS,
    Layout,
    check_names,
    find_layout,
    split_blanks,
)
from user_segmentation.draft.refusal import DraftRefusedError
from user_segmentation.files.gate import matching_files
from user_segmentation.files.refusal import FileRefusedError

TABLE = "drafted_rows"
BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160)"
NESTED = ("STRUCT", "MAP", "[", "UNION", "BLOB", "JSON")


@dataclass(frozen=True)
class Source:
    """What was read: the file as it was given, its layout, and its columns."""

    file: str
    file_count: int
    row_count: int
    encoding: str | None
    layout: Layout | None
    names: tuple[str, ...]
    nested: frozenset[str]


def read_rows(pattern, connection, folder):
    """Read files into the table `drafted_rows`, whose columns are c0, c1, ...

    Parameters
    ----------
    pattern : str
        Path or glob.
    connection : duckdb.DuckDBPyConnection
    folder : Path
        For copies in UTF-8.

    Returns
    -------
    Source

    Raises
    ------
    DraftRefusedError
    """
    try:
        paths = matching_files(pattern)
    except FileRefusedError as refusal:
        raise DraftRefusedError(pattern, f"{str(refusal).split(': ', 2)[2]}") from None
    for path in paths:
        if not Path(path).is_file():
            raise DraftRefusedError(path, "it is no file. Write its content to one.")
    read = _read_parquet if _is_parquet(paths[0]) else _read_text
    source = read(pattern, paths, connection, folder)
    if not source.row_count:
        raise DraftRefusedError(pattern, "it has no rows below its header.")
    return source


def _is_parquet(path):
    with open(path, "rb") as file:
        return file.read(4) == b"PAR1"


def _read_parquet(pattern, paths, connection, _):
    described = []
    try:
        for path in paths:
            columns = connection.execute(
                "describe from read_parquet(?)", [path]
            ).fetchall()
            described.append({name: kind for name, kind, *_ in columns})
            if described[-1] != described[0]:
                raise DraftRefusedError(
                    path, f"its columns are not those of {paths[0]}. Name them apart."
                )
        names = list(described[0])
        check_names(names, pattern)
        columns = [f"cast({_identifier(name)} as varchar)" for name in names]
        _create(connection, columns, "read_parquet(?)", [paths])
    except duckdb.Error as error:
        raise _not_read(pattern, error) from error
    nested = {
        name
        for name, kind in described[0].items()
        if any(mark in kind for mark in NESTED)
    }
    return Source(
        file=pattern,
        file_count=len(paths),
        row_count=_row_count(connection),
        encoding=None,
        layout=None,
        names=tuple(name.strip() for name in names),
        nested=frozenset(name.strip() for name in nested),
    )


def _read_text(pattern, paths, connection, folder):
    copies, encodings, layouts = [], [], []
    for path in paths:
        copy, encoding = as_utf_8(path, folder)
        layout = find_layout(copy, path)
        copies.append(copy)
        encodings.append(encoding)
        layouts.append(layout)
        if (encoding, layout) != (encodings[0], layouts[0]):
            raise DraftRefusedError(
                path,
                f"its encoding, delimiter or columns are not those of {paths[0]}. "
                "Name files together only where they are alike.",
            )
    layout = layouts[0]
    readable = layout
    if layout.delimiter == RUNS_OF_BLANKS:
        copies = [_with_tabs(copy, folder) for copy in copies]
        readable = replace(layout, delimiter="\t", quote='"')
    places = range(len(layout.names))
    try:
        _create(
            connection,
            [f"c{place}" for place in places],
            "read_csv(?, auto_detect=false, columns=?, header=?, delim=?, quote=?,"
            " escape=?, strict_mode=true, null_padding=false)",
            [
                copies,
                {f"c{place}": "VARCHAR" for place in places},
                readable.has_header,
                *(readable.delimiter, readable.quote, readable.quote),
            ],
        )
    except duckdb.Error as error:
        raise _not_read(pattern, error) from error
    return Source(
        file=pattern,
        file_count=len(paths),
        row_count=_row_count(connection),
        encoding=encodings[0],
        layout=layout,
        names=layout.names,
        nested=frozenset(),
    )


def _create(connection, columns, relation, values):
    trimmed = [
        f"nullif(trim({column}, {BLANKS}), '') as c{place}"
        for place, column in enumerate(columns)
    ]
    connection.execute(
        f"create table {TABLE} as select {', '.join(trimmed)} from {relation}", values
    )


def _row_count(connection):
    return connection.execute(f"select count(*) from {TABLE}").fetchall()[0][0]


def _with_tabs(path, folder):
    copy = folder / f"{len(list(folder.glob('*.?sv')))}.tsv"
    with (
        open(path, encoding="utf-8-sig", newline="") as lines,
        copy.open("w", encoding="utf-8", newline="") as file,
    ):
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows(
            split_blanks(lines)
        )
    return str(copy)


def _identifier(name):
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


def _not_read(path, error):
    lines = [line.strip() for line in str(error).splitlines()]
    wanted = ("Line:", "Expected Number", "Invalid", "Value with", "Maximum line")
    said = [line for line in lines if any(mark in line for mark in wanted)]
    place = next(
        (line.split("Line:")[1].strip() for line in said if "Line:" in line), ""
    )
    return DraftRefusedError(
        path,
        "its rows cannot be read"
        + (f" ({said[1]})" if place and said[1:] else f" ({lines[0]})")
        + ". Mend the file, or export it again.",
        where=f"line {place}" if place else None,
    )
