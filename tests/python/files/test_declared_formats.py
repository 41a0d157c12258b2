"""Files in a declared format are read as they were written, or refused in one line."""

import csv
import gzip
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from project_macros import Macros
from user_segmentation.engines.sql_functions import create_functions
from user_segmentation.files.format import FileFormat, format_problem
from user_segmentation.files.gate import file_problem

DATA = ROOT.parent / "shared/data"
YAML = "models/inputs/customers.yml"
COLUMNS = ["User ID", "Name", "City"]
ROWS = [["1", "Zoë", "Genève"], ["2", "O'Neil", "Köln; Rhein"], ["3", "é\nß", ""]]
# What each encoding can spell, besides what every file has, and no bytes of UTF-8.
LETTERS = {
    "utf-8": "é日😀\u2028",
    "latin-1": "éßÿ",
    "windows-1252": "€“”š",
    "utf-16": "é日😀\u2028",
}


def contract(meta, columns=COLUMNS):
    """What the gate is told."""
    return {"columns": columns, "form": FileFormat.of({"declared_in": YAML} | meta)}


def problem_of(files, meta, columns=COLUMNS):
    return file_problem(str(files), **contract(meta, columns))


class Node(dict):
    """A table as dbt's graph has it."""

    __getattr__ = dict.get


def node_of(meta, columns=COLUMNS):
    return Node(
        original_file_path=YAML,
        config=Node(meta=meta),
        columns={name: Node(config=Node(meta={})) for name in columns},
    )


@pytest.fixture(scope="module")
def macros():
    """The project's macros on DuckDB, and the connection that they ask."""
    with duckdb.connect() as connection:
        create_functions(connection)
        yield (
            Macros(
                "default",
                *("engine", "staging"),
                run_query=lambda query: connection.execute(query).fetchall(),
            ),
            connection,
        )


@pytest.fixture(scope="module")
def read(macros):
    """Function that gives the columns and rows of files as models see them."""
    macros, connection = macros

    def read(files, meta, columns=COLUMNS):
        form = macros.declared_format(node_of(meta, columns))
        table = macros.text_table(str(files), [columns[0]], form)
        result = connection.execute(f"select * from {table} as files")
        return [column[0] for column in result.description], result.fetchall()

    return read


def written(path, rows, meta, header=COLUMNS, line_end="\n"):
    """A file in the format, written by Python's own module."""
    opened = gzip.open if path.suffix == ".gz" else open
    quote = meta.get("quote", '"')
    with opened(path, "wt", newline="", encoding=meta.get("encoding", "utf-8")) as file:
        writer = csv.writer(
            file,
            delimiter=meta.get("delimiter", ","),
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            lineterminator=line_end,
        )
        if meta.get("has_header", True):
            writer.writerow(header)
        writer.writerows(rows)
    return path


def as_read(rows):
    # An empty field and no text are the same.
    return [tuple(text or None for text in row) for row in rows]


@st.composite
def declared_files(draw):
    """A format, and rows that a file in it can hold."""
    encoding = draw(st.sampled_from(list(LETTERS)))
    delimiter = draw(st.sampled_from([";", "\t", "|", ",", ":", "§"]))
    quote = draw(st.sampled_from(['"', "'", "^", ""]))
    alphabet = f"ab1 .,;\t|:§'\"^#{LETTERS[encoding]}"
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    alphabet += line_end
    if not quote:
        alphabet = "".join(set(alphabet) - {delimiter, *"\r\n"})
    cells = st.text(alphabet, max_size=6)
    # Blanks before a quote belong to neither reader's field in the same way.
    plain = cells.map(str.strip)
    rows = draw(st.lists(st.tuples(st.uuids().map(str), plain, plain), min_size=1))
    meta = {"encoding": encoding, "delimiter": delimiter, "quote": quote}
    meta["has_header"] = draw(st.booleans())
    return meta, rows, line_end, draw(st.sampled_from([".csv", ".txt", ".csv.gz"]))


@settings(max_examples=80, deadline=None)
@given(declared=declared_files())
def test_a_file_is_read_as_it_was_written_in_its_format(read, declared):
    meta, rows, line_end, suffix = declared
    assert format_problem(meta, YAML) is None
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder, f"users{suffix}"), rows, meta, line_end=line_end)
        assert problem_of(path, meta) is None
        assert read(path, meta) == (COLUMNS, as_read(rows))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.uuids().map(str), *2 * [st.text("ab1.'\"é ", min_size=1, max_size=5)]
        ),
        min_size=1,
    ),
    blanks=st.lists(st.sampled_from([" ", "   ", "\t", " \t "]), min_size=9),
    has_header=st.booleans(),
)
def test_blanks_separate_fields_however_many_they_are(read, rows, blanks, has_header):
    def line(number, fields):
        first, second, last = (
            blanks[(number + place) % len(blanks)] for place in range(3)
        )
        shown = ['"' + field.replace('"', '""') + '"' for field in fields]
        return (
            f"{' ' * (number % 2)}{shown[0]}{first}{shown[1]}{second}{shown[2]}{last}"
        )

    lines = [line(*numbered) for numbered in enumerate(rows)]
    lines.insert(len(lines) // 2, "")
    if has_header:
        lines.insert(0, line(0, COLUMNS))
    meta = {"delimiter": " ", "has_header": has_header}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "users.txt")
        path.write_bytes("\r\n".join([*lines, ""]).encode())
        assert problem_of(path, meta) is None
        assert read(path, meta) == (COLUMNS, as_read(rows))


def test_files_of_other_columns_line_ends_and_orders_are_one_table(tmp_path, read):
    meta = {"delimiter": ";", "encoding": "windows-1252", "unknown_columns": "ignore"}
    written(tmp_path / "a.csv", [["1", "€ 5", "Köln"]], meta)
    written(
        tmp_path / "b.csv.gz",
        [["x", "Zoë", "2", "y", "”"]],
        meta,
        header=["Note", "city", " user id ", "", "Name"],
        line_end="\r\n",
    )
    files = tmp_path / "*.csv*"
    assert problem_of(files, meta) is None
    columns, rows = read(files, meta)
    assert columns == COLUMNS
    assert sorted(rows) == [("1", "€ 5", "Köln"), ("2", "”", "Zoë")]


def test_headers_are_in_the_encoding_too(tmp_path, read):
    columns = ["Größe", "€", 'a "b"']
    meta = {"encoding": "windows-1252"}
    path = written(tmp_path / "users.csv", [["1", "2", "3"]], meta, columns)
    assert problem_of(path, meta, columns) is None
    assert read(path, meta, columns) == (columns, [("1", "2", "3")])


FORMATS = {
    "semicolons": ({"delimiter": ";"}, "delimiter: ';'", "separated by semicolons"),
    "tabs": ({"delimiter": "\t"}, r'delimiter: "\t"', "separated by tabs"),
    "bars": ({"delimiter": "|"}, "delimiter: '|'", "separated by bars"),
    "latin_1": ({"encoding": "latin-1"}, "encoding: windows-1252", "not UTF-8"),
    "windows_1252": (
        {"encoding": "windows-1252"},
        "encoding: windows-1252",
        "not UTF-8",
    ),
    "utf_16": ({"encoding": "utf-16"}, "encoding: utf-16", "UTF-16"),
    "no_header": ({"has_header": False}, "has_header: false", "no column has a name"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_not_declared_is_refused_with_what_to_declare(tmp_path, name):
    meta, declaration, found = FORMATS[name]
    path = written(tmp_path / "users.csv", ROWS, meta)
    assert problem_of(path, meta) is None
    problem = problem_of(path, {})
    assert problem.isprintable()
    assert found in problem
    assert re.search(
        rf"Declare .*{re.escape(declaration)}.* in the meta of {YAML}, or ", problem
    )


def test_the_line_names_the_delimiter_and_the_file(tmp_path):
    path = written(tmp_path / "users.csv", ROWS, {"delimiter": ";"})
    assert problem_of(path, {}) == (
        f"delimiter_is_wrong: {path}, line 1: the columns are separated by semicolons. "
        f"Declare delimiter: ';' in the meta of {YAML}, or export it with commas "
        "between columns and points in decimals."
    )
    assert "separated by semicolons. Declare delimiter: ';'" in problem_of(
        path, {"delimiter": "|"}
    )


def test_blanks_that_are_not_declared_are_told(tmp_path):
    path = tmp_path / "users.txt"
    path.write_text("id name city\n1 a b\n")
    problem = problem_of(path, {}, ["id", "name", "city"])
    assert f"by blanks. Declare delimiter: ' ' in the meta of {YAML}" in problem


def test_unknown_columns_are_refused_with_what_to_declare(tmp_path):
    rows = [[*row, "x"] for row in ROWS]
    path = written(tmp_path / "users.csv", rows, {}, header=[*COLUMNS, "Note"])
    assert problem_of(path, {}) == (
        f"header_has_an_unknown_column: {path}, line 1: the column 'Note' is not known."
        f" Declare unknown_columns: ignore in the meta of {YAML}, or remove it; "
        f"{YAML} lists the columns."
    )


def test_a_file_in_the_place_of_the_seed_is_told_the_variable(tmp_path):
    path = written(tmp_path / "users.csv", ROWS, {"delimiter": ";"})
    problem = problem_of(path, {"variable": "user_profiles"})
    assert "and name the file in the variable user_profiles, or export it" in problem


DAMAGES = {
    "row_is_ragged": [
        ({"delimiter": ";"}, "User ID;Name;City\n1;a;b\n2;a\n", "line 3"),
        ({"delimiter": ";"}, "User ID;Name;City\n1;a;b;\n", "a ';' follows"),
        ({"delimiter": "\t"}, "User ID\tName\tCity\n1\ta\tb\t\n", r"a '\t' follows"),
        ({"has_header": False}, "1,a,b\n2,a,b,c\n", "and the declaration 3"),
        ({"has_header": False}, "1,a\n2,a\n", "line 1: the row has 2 fields"),
        (
            {"has_header": False},
            "1;a;b\n",
            f"if not, declare delimiter in the meta of {YAML}",
        ),
        ({"delimiter": " ", "has_header": False}, "1 a b\n\n2 a\n", "line 3"),
        ({"delimiter": " ", "has_header": False}, "1 a b c\n", "4 fields"),
    ],
    "quote_is_unbalanced": [
        ({"delimiter": ";"}, 'User ID;Name;City\n1;"a;b\n', "line 2"),
        ({"quote": "'"}, "User ID,Name,City\n1,'a,b\n", "line 2"),
        ({"delimiter": " ", "has_header": False}, '1 a b\n2 "a b\n', "line 2"),
    ],
    "line_ends_are_mixed": [
        ({"delimiter": ";"}, "User ID;Name;City\r\n1;a;b\n2;a;b\r\n", ""),
        ({"encoding": "utf-16"}, "User ID,Name,City\r\n1,a,b\n2,a,b\r\n", ""),
    ],
    "file_without_rows": [
        ({"delimiter": ";"}, "User ID;Name;City\n", ""),
        ({"encoding": "utf-16"}, "User ID,Name,City\n", ""),
    ],
    "nul_byte": [({"encoding": "utf-16"}, "User ID,Name,City\n1,a\0,b\n", "line 2")],
    "header_lacks_a_column": [
        ({"delimiter": ";"}, "User ID;Name\n1;a\n", f"{YAML} lists the columns"),
    ],
    "header_repeats_a_column": [
        (
            {"unknown_columns": "ignore"},
            "User ID,Name,City,x,x,name\n1,a,b,c,d,e\n",
            "more than one column 'Name'",
        ),
    ],
    "field_is_too_long": [
        ({"delimiter": " ", "has_header": False}, f"1 {'a' * 100_001} b\n", ""),
        ({"delimiter": "|"}, f"User ID|Name|City\n1|{'a' * 100_001}|b\n", "'Name'"),
    ],
    "line_is_too_long": [
        ({"delimiter": " ", "has_header": False}, f"1 {'a' * 2_000_001} b\n", "line 1"),
    ],
}


@pytest.mark.parametrize(
    ("code", "meta", "text", "saying"),
    [(code, *case) for code, cases in DAMAGES.items() for case in cases],
)
def test_a_declared_format_is_held_to_as_the_usual_one(
    tmp_path, code, meta, text, saying
):
    path = tmp_path / "users.txt"
    path.write_bytes(text.encode(meta.get("encoding", "utf-8")))
    problem = problem_of(path, meta)
    assert problem.startswith(f"{code}: {path}")
    assert saying in problem
    assert problem.isprintable()


@pytest.mark.parametrize(
    ("encoding", "content", "saying"),
    [
        ("latin-1", b"1,\x93a\x94,b\n", "line 2: the byte 0x93 is no text in latin-1"),
        ("windows-1252", b"1,\x81,b\n", "line 2: the byte 0x81 is no text in windows"),
        ("utf-16", b"1,a,b\n", "does not start with the byte-order mark"),
        ("latin-1", "1,é,b\n".encode(), "all of its text is UTF-8"),
        ("windows-1252", "1,€,b\n".encode(), "all of its text is UTF-8"),
    ],
)
def test_bytes_of_another_encoding_are_refused(tmp_path, encoding, content, saying):
    path = tmp_path / "users.csv"
    path.write_bytes(b"User ID,Name,City\n" + content)
    problem = problem_of(path, {"encoding": encoding})
    assert problem.startswith("encoding_is_not_declared: ")
    assert saying in problem
    assert f"Correct encoding: {encoding} in the meta of {YAML}" in problem


def test_a_byte_order_mark_is_no_part_of_the_first_field(tmp_path, read):
    path = tmp_path / "users.csv"
    path.write_text("1;a;b\n", encoding="utf-8-sig")
    meta = {"delimiter": ";", "has_header": False}
    assert problem_of(path, meta) is None
    assert read(path, meta)[1] == [("1", "a", "b")]
    path.write_text("1 a b\n", encoding="utf-8-sig")
    assert problem_of(path, meta | {"delimiter": " "}) is None
    assert read(path, meta | {"delimiter": " "})[1] == [("1", "a", "b")]
    problem = problem_of(path, {"encoding": "latin-1"})
    assert f"Correct encoding: latin-1 in the meta of {YAML} to utf-8" in problem


@pytest.mark.parametrize(
    ("meta", "saying"),
    [
        ({"encoding": "klingon"}, "encoding is 'klingon'; it must be utf-8, latin-1"),
        ({"encoding": "cp932"}, "encoding is 'cp932'; it must be"),
        ({"encoding": 8}, "encoding is 8; it must be"),
        ({"delimiter": ";;"}, "delimiter is ';;'; it must be one character"),
        ({"delimiter": "a"}, "delimiter is 'a'; it must be one character"),
        ({"delimiter": "\n"}, r"delimiter is '\n'; it must be one character"),
        ({"delimiter": 3}, "delimiter is 3; it must be one character"),
        ({"delimiter": '"'}, "delimiter and quote are both '\"'; they must differ."),
        ({"quote": "''"}, "quote is \"''\"; it must be one ASCII character"),
        ({"quote": "“"}, "quote is '“'; it must be one ASCII character"),
        ({"delimiter": "€", "encoding": "latin-1"}, "'€', which latin-1 has not."),
        ({"has_header": 3}, "has_header is 3; it must be true or false."),
        ({"has_header": "no"}, "has_header is 'no'; it must be true or false."),
        ({"decimal_separator": ";"}, "decimal_separator is ';'; it must be '.' or ','"),
        (
            {"decimal_separator": ",", "thousands_separator": ","},
            "decimal_separator and thousands_separator are both ','; they must differ.",
        ),
        ({"thousands_separator": "."}, "and thousands_separator are both '.'; they"),
        ({"thousands_separator": 0}, "thousands_separator is 0; it must be '.', ','"),
        ({"unknown_columns": True}, "unknown_columns is True; it must be 'refuse'"),
    ],
)
def test_a_wrong_declaration_is_told_in_one_line(meta, saying):
    problem = format_problem(meta, YAML)
    assert problem.startswith(f"{YAML}: ")
    assert saying in problem
    assert problem.isprintable()


def test_a_right_declaration_is_no_problem():
    for meta in (
        {},
        {"objectives": {"a": {}}, "delimiter": None, "thousands_separator": None},
        {"delimiter": r"\t", "encoding": "ISO-8859-1", "has_header": False},
        {"delimiter": " ", "quote": "", "encoding": "cp1252"},
        {"decimal_separator": ",", "thousands_separator": "'"},
    ):
        assert format_problem(meta, YAML) is None
    assert FileFormat.of({"delimiter": r"\t"}).delimiter == "\t"
    assert FileFormat.of({"encoding": "ISO-8859-1"}).encoding == "latin-1"


def test_the_gate_tells_a_wrong_declaration_of_any_table(macros, tmp_path):
    _, connection = macros
    told = {"columns": ["a"], "form": {"has_header": 3, "declared_in": YAML}}
    ((problem,),) = connection.execute(
        "select file_gate(?, ?)", [str(tmp_path / "a.csv"), json.dumps(told)]
    ).fetchall()
    assert problem == f"{YAML}: has_header is 3; it must be true or false."


NUMBERS = {
    (",", None): {
        **{"19,3": 19.3, "-0,5": -0.5, ",5": 0.5, "3": 3, "1,5E+03": 1500, " 7,0 ": 7},
        **dict.fromkeys(["1.234", "1.5", "1,2,3", "1 234", ",", "", "nan", "inf"]),
    },
    (",", "."): {
        **{"1.234": 1234, "1.234.567,8": 1234567.8, "1234,5": 1234.5, "-1.000": -1000},
        **dict.fromkeys(["1.23", "1.2345", ".123", "1234.567", "1.234.56", "1,234.5"]),
    },
    (".", ","): {
        **{"1,234": 1234, "1,234.5": 1234.5, "12": 12, ".5": 0.5},
        **dict.fromkeys(["1,23", "1.234,5", "12,34,567", "1,,234", ",234"]),
    },
    (",", " "): {
        **{"1 234,5": 1234.5, "1\u00a0234": 1234, "1\u202f234": 1234},
        **dict.fromkeys(["1  234", "12 34", "1\t234"]),
    },
    (".", "'"): {"1'234.5": 1234.5, "1\u2019234": 1234, "1'23": None, "'1": None},
}


@pytest.mark.parametrize("marks", NUMBERS)
def test_a_number_is_what_is_declared_and_never_guessed(macros, marks):
    macros, connection = macros
    meta = dict(zip(("decimal_separator", "thousands_separator"), marks, strict=True))
    form = macros.declared_format(node_of(meta))
    texts = list(NUMBERS[marks])
    number = macros.parse_number("written", form)
    rows = connection.execute(
        f"select {number} from (select unnest(?) as written)", [texts]
    ).fetchall()
    found = dict(zip(texts, [row[0] for row in rows], strict=True))
    assert found == NUMBERS[marks]


def test_rates_and_problems_are_of_the_declared_number(macros):
    macros, connection = macros
    form = macros.declared_format(node_of({"decimal_separator": ","}))
    rate = macros.parse_rate("a_text", form)
    problem = macros.number_problem("a", 0, 1, is_rate=True, format=form)
    texts = ["19,3%", "0,193", "0.193", "", "0,12345678901234567", "1,1", "0,1 %"]
    rows = connection.execute(
        f"""
        select a, {problem}
        from (select *, {rate} as a from (select unnest(?) as a_text))
        """,
        [texts],
    ).fetchall()
    assert rows == [
        (0.193, None),
        (0.193, None),
        (None, "a_not_a_number"),
        (None, "a_missing"),
        (0.12345678901234566, "a_too_precise"),
        (1.1, "a_above_1"),
        (0.001, None),
    ]


def test_numbers_are_read_as_ever_where_nothing_is_declared(macros):
    macros, _ = macros
    form = macros.declared_format(node_of({}))
    for name in ("parse_number", "parse_rate"):
        macro = getattr(macros, name)
        assert macro("a", form) == macro("a")
    assert macros.number_problem("a", 0, 1, format=form) == macros.number_problem(
        "a", 0, 1
    )
    assert macros.text_table("a.csv", [], form) == macros.text_table("a.csv")


@pytest.fixture
def spark(macros):
    """The project's macros on Spark, which sees the columns of a file by its header."""
    _, connection = macros

    def refused(message):
        raise ValueError(message)

    spelled = Macros(
        "spark",
        *("engine", "staging", "shared"),
        quote="`{}`",
        exceptions=SimpleNamespace(raise_compiler_error=refused),
        get_column_schema_from_query=lambda _: [
            SimpleNamespace(name=name) for name in ("_c0", "_c1", "_c2")
        ],
    )
    spelled.context["escape_single_quotes"] = spelled.spark__escape_single_quotes
    spelled.context["adapter"].local_rows = lambda query: [
        (),
        *connection.execute(query).fetchall(),
    ]
    return spelled


def on_spark(spark, files, meta):
    form = spark.declared_format(node_of(meta))
    return " ".join(spark.text_table(str(files), [], form).split())


def test_spark_is_told_the_format(tmp_path, spark):
    meta = {"delimiter": "|", "quote": "'", "encoding": "windows-1252"}
    path = written(tmp_path / "users.csv", [["1", "€", "b"]], meta)
    sql = on_spark(spark, path, meta)
    assert "header = true, sep = '|', quote = '\\'', escape = '\\''" in sql
    # Of a copy.
    assert "encoding = 'utf-8'" in sql
    assert str(path) not in sql
    assert "select `_c0` as `User ID`, `_c1` as `Name`, `_c2` as `City` from" in sql
    sql = on_spark(spark, "s3://bucket/*.csv", meta | {"has_header": False})
    assert "encoding = 'windows-1252'" in sql
    assert "header = false" in sql
    assert "select `_c0` as `User ID`, `_c1` as `Name`, `_c2` as `City` from" in sql


def test_spark_reads_lines_of_blanks_without_a_header(tmp_path, spark):
    path = tmp_path / "users.txt"
    path.write_text("1 a b\n")
    meta = {"delimiter": " ", "has_header": False}
    sql = on_spark(spark, path, meta)
    assert "fields[2]" in sql
    assert f"text.`{path}`" in sql
    with pytest.raises(ValueError, match="Spark reads such files in UTF-8 and without"):
        on_spark(spark, path, {"delimiter": " "})


@pytest.mark.parametrize(
    "kind", [pa.float64(), pa.float32(), pa.decimal128(12, 2), pa.int32(), pa.uint64()]
)
def test_identifiers_of_any_numeric_type_are_whole(tmp_path, read, kind):
    whole = (12345, None, 7)
    if pa.types.is_decimal(kind):
        whole = [number and Decimal(number) for number in whole]
    ids = pa.array(whole, kind)
    amounts = pa.array([Decimal("1.50"), Decimal("2"), None])
    path = tmp_path / "users.parquet"
    pq.write_table(pa.table({"id": ids, "amount": amounts, "note": ids}), path)
    meta = {"unknown_columns": "ignore", "decimal_separator": ","}
    assert problem_of(path, meta, ["id", "amount"]) is None
    # A number is written as numbers are declared to be.
    assert read(path, meta, ["id", "amount"]) == (
        ["id", "amount"],
        [("12345", "1,5"), (None, "2"), ("7", None)],
    )


REAL = {
    "marketing_campaign.csv": (
        {"delimiter": ";", "unknown_columns": "ignore"},
        ["ID", "Year_Birth", "Income"],
        2240,
        ("36849", "1971", "39791"),
    ),
    "cdnow_sample.txt": (
        {"delimiter": " ", "has_header": False},
        ["master_id", "user_id", "day", "count", "amount"],
        6919,
        ("00004", "0001", "19970101", "2", "29.33"),
    ),
}


@pytest.mark.parametrize("name", REAL)
def test_real_files_are_read(read, name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{path} is not here: its licence is unclear")
    meta, columns, row_count, first = REAL[name]
    assert problem_of(path, {}, columns).isprintable()
    assert problem_of(path, meta, columns) is None
    found, rows = read(path, meta, columns)
    assert (found, len(rows), rows[0]) == (columns, row_count, first)
