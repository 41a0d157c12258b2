"""The same rows are the same texts, whatever files and types they come in."""

import csv
import itertools
import tempfile
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from project_macros import Macros
from user_segmentation.engines.sql_functions import create_functions
from user_segmentation.files.gate import file_problem

COLUMNS = ["id", "amount", "is_new", "read_at", "word"]
ZONES = ["UTC", "America/New_York", "Asia/Kolkata"]
TEXT_TYPES = [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()]
WHOLE_TYPES = [
    *(pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8(), pa.uint64()),
    *(pa.float32(), pa.float64(), pa.decimal128(38, 0), pa.decimal128(30, 4)),
]
EXACT_BELOW = {pa.float32(): 2**24, pa.float64(): 2**53}
TYPES = {
    "id": [*WHOLE_TYPES, *TEXT_TYPES],
    "amount": [
        *(pa.decimal128(9, 2), pa.decimal128(20, 6), pa.float32(), pa.float64()),
        *TEXT_TYPES,
    ],
    "is_new": [pa.bool_(), *TEXT_TYPES],
    "read_at": [
        *(pa.timestamp("us", "UTC"), pa.timestamp("ms", "Europe/Berlin")),
        *(pa.timestamp("ns", "UTC"), *TEXT_TYPES),
    ],
    "word": [*TEXT_TYPES, pa.dictionary(pa.int8(), pa.string())],
}
ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(0, 120) | st.integers(-(2**62), 2**62),
        st.none() | st.decimals(-9999, 9999, places=2),
        st.none() | st.booleans(),
        st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)),
        st.none()
        | st.text(
            st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1
        ),
    ),
    min_size=1,
    max_size=8,
)


def as_text(value):
    """A value as CSV files have it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        text = f"{value:f}".rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    if isinstance(value, datetime):
        fraction = f".{value.microsecond:06}".rstrip("0").rstrip(".")
        return f"{value:%Y-%m-%d %H:%M:%S}{fraction}+00"
    return None if value is None else str(value)


def column_of(values, kind):
    """A column of a Parquet file; None where the type does not hold the values."""
    texts = [as_text(value) for value in values]
    if kind in TEXT_TYPES:
        return pa.array(texts, pa.string()).cast(kind)
    if pa.types.is_floating(kind):
        dtype = kind.to_pandas_dtype()
        numbers = [np.nan if value is None else dtype(value) for value in values]
        return pa.array(numbers, kind, from_pandas=True)
    if pa.types.is_timestamp(kind):
        values = [value and value.replace(tzinfo=UTC) for value in values]
        if kind.unit == "ms" and any(v and v.microsecond % 1000 for v in values):
            return None
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, OverflowError):
        return None


@st.composite
def parquet_files(draw, rows):
    """Tables with the rows, each with types and an order of columns of its own."""
    tables = []
    while rows:
        count = draw(st.integers(1, len(rows)))
        part, rows = rows[:count], rows[count:]
        columns = {}
        for name in draw(st.permutations(COLUMNS)):
            values = [row[COLUMNS.index(name)] for row in part]
            kinds = draw(st.permutations(TYPES[name]))
            found = (column_of(values, kind) for kind in kinds)
            header = draw(st.sampled_from([name, f" {name}", f"{name.upper()}\t"]))
            columns[header] = next(column for column in found if column is not None)
        tables.append(pa.table(columns))
    return tables


def write_csv_files(folder, rows, cuts):
    """The rows in several files."""
    bounds = sorted({0, len(rows), *(min(cut, len(rows)) for cut in cuts)})
    for start, stop in itertools.pairwise(bounds):
        with (folder / f"{start}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            writer.writerows(
                [as_text(value) for value in row] for row in rows[start:stop]
            )
    return f"{folder}/*.csv"


def texts_of(files, zone="UTC", columns=COLUMNS):
    """The rows that models see, in an order of their own."""
    with duckdb.connect() as connection:
        connection.execute(f"set TimeZone = '{zone}'")
        create_functions(connection)
        macros = Macros(
            "default",
            "engine",
            run_query=lambda query: connection.execute(query).fetchall(),
        )
        table = macros.text_table(files, ["id"])
        query = f"select {', '.join(columns)} from {table} as files order by all"
        return connection.execute(query).fetchall()


def in_order(rows):
    """Rows as text, in the same order."""
    texts = [tuple(map(as_text, row)) for row in rows]
    return sorted(texts, key=lambda row: [(text is None, text or "") for text in row])


def is_rounded(table):
    """Whether some identifier may stand for several."""
    name = next(name for name in table.column_names if name.strip().lower() == "id")
    limit = EXACT_BELOW.get(table.schema.field(name).type)
    values = (value for value in table[name].to_pylist() if value is not None)
    return limit is not None and any(abs(value) >= limit for value in values)


@settings(max_examples=60, deadline=None)
@given(st.data(), ROWS, st.lists(st.integers(1, 8), max_size=3))
def test_the_same_rows_are_the_same_texts_or_refused_in_one_line(data, rows, cuts):
    expected = in_order(rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_csv_files(folder, rows, cuts)
        assert file_problem(files, COLUMNS, identifiers=["id"]) is None
        assert in_order(texts_of(files)) == expected

        tables = data.draw(parquet_files(rows))
        for number, table in enumerate(tables):
            pq.write_table(table, folder / f"{number}.parquet")
        files = f"{folder}/*.parquet"
        problem = file_problem(files, COLUMNS, identifiers=["id"])
        if any(map(is_rounded, tables)):
            assert problem.startswith("number_is_not_exact: ")
            assert problem.isprintable()
        else:
            assert problem is None
            zone = data.draw(st.sampled_from(ZONES))
            assert in_order(texts_of(files, zone)) == expected


def written(folder, **columns):
    """Parquet files of one column each, by the name of the file."""
    for name, column in columns.items():
        pq.write_table(pa.table({"id": column}), folder / f"{name}.parquet")
    return f"{folder}/*.parquet"


def problem_of(files):
    return file_problem(files, ["id"], identifiers=["id"])


def ids_of(files):
    return [row[0] for row in texts_of(files, columns=["id"])]


def test_whole_numbers_are_whole_beside_others(tmp_path):
    files = written(
        tmp_path,
        whole=pa.array([2**53, 2**53 + 1]),
        gaps=pa.array([1.0, None, float("nan")]),
        fraction=pa.array([1.5, -0.0]),
        money=pa.array([Decimal("100.00"), Decimal("0.10")], pa.decimal128(9, 2)),
    )
    assert problem_of(files) is None
    assert ids_of(files) == [
        *("0", "0.1", "1", "1.5", "100", "9007199254740992", "9007199254740993"),
        *(None, None),
    ]


@pytest.mark.parametrize(
    ("column", "number"),
    [
        (pa.array([1.0, 2.0**53]), "9007199254740992"),
        (pa.array([-(2.0**60)]), "1152921504606846976"),
        (pa.array([2.0**24], pa.float32()), "16777216"),
        (pa.array([float("inf")]), "inf"),
    ],
)
def test_identifiers_that_may_be_rounded_are_refused(tmp_path, column, number):
    problem = problem_of(written(tmp_path, sound=pa.array([1]), rounded=column))
    assert problem.startswith(
        f"number_is_not_exact: {tmp_path}/rounded.parquet, column 'id': the identifier "
        f"{number} is a floating-point number"
    )


def test_bytes_are_text_where_they_are_utf_8(tmp_path):
    files = written(
        tmp_path, text=pa.array(["josé"]), bytes=pa.array(["josé".encode()])
    )
    assert problem_of(files) is None
    assert ids_of(files) == ["josé", "josé"]
    written(tmp_path, other=pa.array([b"jos\xe9", None, b"ana"]))
    assert problem_of(files) == (
        f"encoding_is_not_utf_8: {tmp_path}/other.parquet, column 'id': 1 of its "
        "values are bytes that are no text in UTF-8. Write the column as text."
    )


@pytest.mark.parametrize("zone", ZONES)
def test_times_without_an_offset_stay_without_beside_others(tmp_path, zone):
    time = datetime(2025, 6, 2, 2, 30)
    for name, kind in [("naive", None), ("aware", "UTC")]:
        rows = {column: pa.nulls(1, pa.string()) for column in COLUMNS}
        rows["read_at"] = pa.array([time], pa.timestamp("us", kind))
        pq.write_table(pa.table(rows), tmp_path / f"{name}.parquet")
    times = [row[3] for row in texts_of(f"{tmp_path}/*.parquet", zone)]
    assert sorted(times) == ["2025-06-02 02:30:00", "2025-06-02 02:30:00+00"]
