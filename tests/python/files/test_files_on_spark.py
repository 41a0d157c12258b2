"""Files are the same texts under the same headers, whatever engine reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from conftest import ROOT

pytest.importorskip("pyspark", reason="Spark is for make spark")

CSV_LINES = [
    " word , two words,value",
    'plain,"it\'s, ""quoted""",1',
    "back\\slash,,2.50",
    '#3,"two',
    'lines",3',
    " é 日 ,'single',\"4 \"",
]
CSV_ROWS = [
    {"word": "plain", "two words": 'it\'s, "quoted"', "value": "1"},
    {"word": "back\\slash", "two words": None, "value": "2.50"},
    {"word": "#3", "two words": "two\nlines", "value": "3"},
    {"word": " é 日 ", "two words": "'single'", "value": "4 "},
]
PARQUET = {
    "first": """
        select
            1 as " id ", 'a\\b' as word, 1.5::double as value, true as is_new,
            timestamptz '2025-12-31 23:59:00.120000+01' as read_at,
            12345678::double as account, 16777216::float as part
    """,
    "second": "select 2 as \" id \", null::text as word, 'more' as note",
    # Other types for the same columns, and a header without blanks.
    "third": """
        select
            3.0::double as id, encode('josé') as word, 2.50::decimal(10, 2) as value,
            timestamp '2025-12-31 23:59:00' as read_at, 'nan'::double as account,
            -0.0::double as part
    """,
    "{4}": """
        select
            4::decimal(10, 2) as id, 9007199254740991::double as account,
            -1e-3::double as part, 0::decimal(5, 2) as value
    """,
}
PARQUET_ROWS = [
    {
        **{"id": "1", "word": "a\\b", "value": "1.5", "is_new": "true"},
        **{"read_at": "2025-12-31 22:59:00.12+00", "note": None},
        **{"account": "12345678", "part": "16777216"},
    },
    {
        **{"id": "2", "word": None, "value": None, "is_new": None},
        **{"read_at": None, "note": "more", "account": None, "part": None},
    },
    {
        **{"id": "3", "word": "josé", "value": "2.5", "is_new": None},
        **{"read_at": "2025-12-31 23:59:00", "note": None},
        **{"account": "nan", "part": "0"},
    },
    {
        **{"id": "4", "word": None, "value": "0", "is_new": None},
        **{"read_at": None, "note": None, "part": "-0.001"},
        **{"account": "9007199254740991"},
    },
]


def rows_of(target, files, folder):
    """The rows of files as models see them."""
    database = folder / "build.duckdb"
    with duckdb.connect(database) as connection:
        # dbt show looks at what a build made.
        connection.execute("create table made as select 1")
    completed = subprocess.run(
        [
            *(Path(sys.executable).parent / "dbt", "--quiet", "show"),
            *("--inline", f"select * from {{{{ text_table('{files}') }}}}"),
            *("--output", "json", "--limit", "9", "--target", target),
            *("--target-path", folder / f"target-{target}"),
            *("--log-path", folder / "logs"),
        ],
        cwd=ROOT,
        env=os.environ
        | {
            "DUCKDB_PATH": str(database),
            "SPARK_WAREHOUSE": str(folder / "warehouse"),
            "SPARK_DERBY": str(folder / "metastore"),
            "SPARK_MASTER": "local[1]",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    printed = completed.stdout
    return json.loads(printed[printed.index("{") :])["show"]


def in_order(rows):
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


@pytest.fixture
def csv_file(tmp_path):
    # Spark by itself makes a column of such a folder.
    file = tmp_path / "Age=65+" / "words.csv"
    file.parent.mkdir()
    file.write_text("\n".join(CSV_LINES), encoding="utf-8")
    return file


@pytest.fixture
def parquet_files(tmp_path):
    with duckdb.connect() as connection:
        for name, query in PARQUET.items():
            connection.execute(f"copy ({query}) to '{tmp_path / name}.parquet'")
    return tmp_path / "*.parquet"


@pytest.mark.parametrize("target", ["dev", "spark"])
def test_csv_files_are_texts(target, csv_file, tmp_path):
    assert in_order(rows_of(target, csv_file, tmp_path)) == in_order(CSV_ROWS)


@pytest.mark.parametrize("target", ["dev", "spark"])
def test_parquet_files_are_texts(target, parquet_files, tmp_path):
    rows = rows_of(target, parquet_files, tmp_path)
    assert in_order(rows) == in_order(PARQUET_ROWS)
