"""How a file is written: encoding, delimiter, quote, header, numbers."""

import codecs
import gzip

import duckdb
import pytest
import yaml

from user_segmentation.draft.draft import draft
from user_segmentation.draft.layout import find_layout
from user_segmentation.draft.refusal import DraftRefusedError

ROWS = [
    ["user id", "größe", "city", "spent"],
    *(
        [f"u{number}", f"{number * 7 % 11},5", "Köln", str(number)]
        for number in range(9)
    ),
    ["u9", "3,5", "Århus", "4"],
]


def written(delimiter, *, has_header=True, rows=ROWS):
    lines = [delimiter.join(row) for row in (rows if has_header else rows[1:])]
    return "\r\n".join(lines) + "\r\n"


def table_of(path):
    (table,) = yaml.safe_load(draft(str(path)).text)["sources"][0]["tables"]
    meta = dict(table["config"]["meta"])
    meta.pop("objectives")
    assert meta.pop("file") == str(path)
    columns = {c["name"]: c["config"]["meta"]["type"] for c in table["columns"]}
    return meta, columns


TYPES = {"user id": "id", "größe": "number", "city": "category", "spent": "number"}


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters_are_found_beside_decimal_commas(tmp_path, delimiter):
    path = tmp_path / "users.csv"
    path.write_bytes(written(delimiter).encode())
    assert table_of(path) == (
        {"delimiter": delimiter, "decimal_separator": ","},
        TYPES,
    )


def test_runs_of_blanks_without_a_header_are_columns(tmp_path):
    path = tmp_path / "users.txt"
    path.write_text("".join(f"  u{n}   {n * 3 % 7}.5  {n}\n" for n in range(20)))
    meta, columns = table_of(path)
    assert meta == {"delimiter": " ", "has_header": False}
    assert columns == {"column_1": "id", "column_2": "number", "column_3": "ignore"}


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("windows-1252", "windows-1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_encodings_are_found(tmp_path, encoding, declared):
    path = tmp_path / "users.csv"
    path.write_bytes(written(";").encode(encoding))
    meta, columns = table_of(path)
    assert meta.get("encoding") == declared
    assert list(columns) == ROWS[0]


def test_bytes_that_windows_does_not_know_are_latin(tmp_path):
    path = tmp_path / "users.csv"
    path.write_bytes(written(";").encode("latin-1") + b"u10;1,5;\x81;3\r\n")
    assert table_of(path)[0]["encoding"] == "latin-1"


def test_a_packed_file_is_read(tmp_path):
    path = tmp_path / "users.csv.gz"
    path.write_bytes(gzip.compress(codecs.BOM_UTF8 + written(";").encode()))
    meta, columns = table_of(path)
    assert meta == {"delimiter": ";", "decimal_separator": ","}
    assert list(columns) == ROWS[0]


def test_single_quotes_hold_fields_together(tmp_path):
    path = tmp_path / "users.csv"
    lines = [f"'u{n}','a, b','{n % 5}.5'" for n in range(20)]
    path.write_text("\n".join(["'id','note','spent'", *lines]) + "\n")
    meta, columns = table_of(path)
    assert meta == {"quote": "'"}
    assert columns == {"id": "id", "note": "ignore", "spent": "number"}


def test_a_header_may_have_line_breaks_quotes_and_colons(tmp_path):
    path = tmp_path / "users.csv"
    header = '"user\nid","say ""a: b""","- #1"'
    path.write_text("\n".join([header, *(f"u{n},{n % 5},x{n % 2}" for n in range(20))]))
    _, columns = table_of(path)
    assert list(columns) == ["user\nid", 'say "a: b"', "- #1"]


def test_parquet_is_read_by_its_columns(tmp_path):
    path = tmp_path / "users.parquet"
    duckdb.sql(
        "copy (select range as user_id, range % 7 + 0.5 as spent, range % 3 = 0 as"
        " is_in, date '2024-01-01' + cast(range as integer) as since, [range] as parts"
        f" from range(50)) to '{path}'"
    )
    meta, columns = table_of(path)
    assert meta == {}
    assert columns == {
        **{"user_id": "id", "spent": "number", "is_in": "flag", "since": "date"},
        "parts": "ignore",
    }


def test_a_glob_is_files_of_the_same_columns(tmp_path):
    for part in range(2):
        rows = [f"u{part}{n},{n % 7},{n % 2}" for n in range(20)]
        lines = ["id,spent,flag", *rows]
        (tmp_path / f"users-{part}.csv").write_text("\n".join(lines))
    pattern = tmp_path / "users-*.csv"
    assert table_of(pattern) == ({}, {"id": "id", "spent": "number", "flag": "flag"})
    assert draft(str(pattern)).name == "users"
    (tmp_path / "users-1.csv").write_text("id,other\n1,2\n")
    with pytest.raises(DraftRefusedError, match="are not those of"):
        draft(str(pattern))


@pytest.mark.parametrize(
    ("numbers", "separators"),
    [
        (["1.5", "22.25"], {}),
        (["1,5", "22,25"], {"decimal_separator": ","}),
        (["1,234.5", "7.0"], {"thousands_separator": ","}),
        (
            ["1.234,5", "7,0", "1.234.567,8"],
            {"decimal_separator": ",", "thousands_separator": "."},
        ),
        (["1 234,5", "7,0"], {"decimal_separator": ",", "thousands_separator": " "}),
        (["1'234.5", "7.0"], {"thousands_separator": "'"}),
    ],
)
def test_signs_in_numbers_are_found(tmp_path, numbers, separators):
    path = tmp_path / "users.csv"
    rows = [f"u{n};{numbers[n % len(numbers)]};{n % 7}" for n in range(20)]
    path.write_text("\n".join(["id;amount;visits", *rows]))
    meta, columns = table_of(path)
    assert meta == {"delimiter": ";"} | separators
    assert columns["amount"] == "number"


def test_a_comma_that_may_be_either_sign_is_said(tmp_path):
    path = tmp_path / "users.csv"
    rows = [f"u{n};{n + 1},{n + 100};{n % 7}" for n in range(20)]
    path.write_text("\n".join(["id;amount;visits", *rows]))
    amount = draft(str(path)).guesses[1]
    assert amount.kind == "ignore"
    assert amount.why == "numbers, and 1,100 can be read in two ways"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"PK\x03\x04abc", "spreadsheet"),
        (b"\x1f\x8bnot gzip", "cannot be unpacked"),
        (b"id,a\n1,\x002\n", "NUL byte"),
        (b"sep=;\nid;a\n1;2\n", "note for spreadsheets"),
        (b"id,a\n", "no rows"),
        (b"just words\nin a text that\nhas no columns at all\n", "make columns"),
        (b"id,a,A\n1,2,3\n2,3,4\n", "more than one column 'a'"),
        (b"id,,c\n1,2,3\n2,3,4\n", "column 2 has no name"),
        (b"id,{{ a }}\n1,2\n2,3\n", "as code"),
        (b"id,a\n1,2\n2,3,4\n3,4\n4,5\n", "line 3: its rows cannot be read"),
        (b'id,a\n1,"2\n2,3\n', "cannot be read"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(tmp_path, content, said):
    path = tmp_path / "users.csv"
    path.write_bytes(content)
    with pytest.raises(DraftRefusedError, match=said) as refused:
        draft(str(path))
    assert str(refused.value).startswith(str(path))
    assert len(str(refused.value).splitlines()) == 1


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(DraftRefusedError, match=r"none\.csv: there is no such file\. "):
        draft(str(tmp_path / "none.csv"))
    with pytest.raises(DraftRefusedError, match="it is a directory"):
        draft(str(tmp_path))


@pytest.mark.parametrize(
    ("first", "has_header"),
    [
        ("user,2023,2024", True),
        ("user,spent,NA", True),
        ("u99,5,6", False),
        ("u99,5,NA", False),
        ("u1,NA,", False),
    ],
)
def test_a_first_row_of_values_is_no_header(tmp_path, first, has_header):
    path = tmp_path / "users.csv"
    rows = [f"u{n % 30},{n % 7},{n % 5}" for n in range(100, 120)]
    path.write_text("\n".join([first, *rows]) + "\n")
    layout = find_layout(path, str(path))
    assert layout.has_header == has_header
    assert layout.names[0] == ("user" if has_header else "column_1")
