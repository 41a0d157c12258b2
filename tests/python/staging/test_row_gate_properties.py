"""Whatever a file holds, it is refused, or each of its rows accepted or rejected.

hypothesis looks for rows on which staging and the rules in `row_rules` disagree, and
for files that the file gate passes and staging reads in another way than Python does.
"""

import csv
import io
import json
import re

import duckdb
import pytest
import yaml
from damaged_files.cases import HEADER, STAGING_NAMES
from dbt.cli.main import dbtRunner
from hypothesis import HealthCheck, example, given, settings

from conftest import ROOT
from odd_rows import EDGE_ROWS, damaged_contents, mixed_rows, written_files
from row_rules import cleaned, understood
from user_segmentation.files.gate import file_problem

pytestmark = pytest.mark.slow

NAMES = dict(zip(STAGING_NAMES, HEADER, strict=True))
QUICK = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """Function that gives the SQL that dbt makes of a model or of a line of SQL.

    dbt would need a second for each set of rows. Its SQL alone runs in DuckDB at once,
    on a database in memory that holds the same tables under the same names.
    """
    folder = tmp_path_factory.mktemp("compiled")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setenv("DUCKDB_PATH", str(folder / "gate.duckdb"))

        def compile_sql(*arguments):
            paths = ["--target-path", str(folder), "--log-level-file", "none"]
            outcome = dbtRunner().invoke(["--quiet", "compile", *arguments, *paths])
            assert outcome.success, outcome.exception
            return outcome.result.results[0].node.compiled_code

        yield compile_sql


@pytest.fixture(scope="module")
def connection(compiled):
    """A database in memory with what staging reads."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as gate; use gate; create schema raw")
        connection.execute("set threads = 1")
        connection.execute(
            "create table raw.raw_user_profiles as "
            "from read_csv(?, all_varchar = true)",
            [str(ROOT / "seeds/raw_user_profiles.csv")],
        )
        connection.execute("create schema staging")
        for model in ("stg_declared_answers", "stg_declared_list_items"):
            sql = compiled("--select", model)
            connection.execute(f"create table staging.{model} as {sql}")
        yield connection


@pytest.fixture(scope="module")
def staged(compiled, connection):
    """Function that gives what staging makes of raw rows, in their order."""
    sql = compiled("--select", "stg_user_profiles")
    connection.execute(f"prepare staging as select * from ({sql}) order by row_number")

    def stage(rows):
        connection.execute("delete from raw.raw_user_profiles")
        marks = ", ".join(f"({', '.join('?' * len(HEADER))})" for _ in rows)
        connection.execute(
            f"insert into raw.raw_user_profiles values {marks}",
            [row[name] for row in rows for name in STAGING_NAMES],
        )
        result = connection.execute("execute staging")
        columns = [column[0] for column in result.description]
        return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]

    return stage


@given(rows=mixed_rows())
@example(rows=EDGE_ROWS)
@QUICK
def test_every_row_is_accepted_or_rejected_as_the_rules_say(staged, rows):
    meant = [understood(row) for row in rows]
    ids = [values["user_id"] for values in meant]
    profiles = staged(rows)
    assert [profile["row_number"] for profile in profiles] == [*range(1, len(rows) + 1)]
    for row, values, profile in zip(rows, meant, profiles, strict=True):
        is_good = None not in values.values() and ids.count(values["user_id"]) == 1
        assert (profile["rejection_reasons"] is None) == is_good, row
        if is_good:
            assert profile["raw_row"] is None
            assert {name: profile[name] for name in values} == pytest.approx(values)
        else:
            assert profile["rejection_reasons"]
            assert json.loads(profile["raw_row"]) == {
                NAMES[name]: value for name, value in row.items()
            }


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("written") / "users.csv"


@pytest.fixture(scope="module")
def read(compiled, connection, file):
    """Function that reads the rows of the file as staging does."""
    sql = compiled(
        *("--inline", "select * from {{ raw_user_profiles() }}"),
        *("--vars", yaml.safe_dump({"user_profiles": str(file)})),
    )
    columns = ", ".join(f'"{name}"' for name in HEADER)

    def read():
        return connection.execute(f"select {columns} from ({sql})").fetchall()

    return read


@given(written=written_files())
@QUICK
def test_a_sound_file_is_read_as_it_was_written(file, read, written):
    rows, content = written
    file.write_bytes(content)
    assert file_problem(str(file), HEADER) is None
    # An empty field and no text are the same.
    assert read() == [tuple(text or None for text in row.values()) for row in rows]


def read_by_python(content):
    """The rows of a file as Python's own reader has them, in the order of `HEADER`."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    header, *rows = filter(None, csv.reader(text, skipinitialspace=True))
    places = [cleaned(name).lower() for name in header]
    order = [places.index(name.lower()) for name in HEADER]
    return [[cleaned(row[place]) for place in order] for row in rows]


@given(content=damaged_contents())
@QUICK
def test_any_file_is_refused_in_one_line_or_read_as_python_reads_it(
    file, read, content
):
    file.write_bytes(content)
    problem = file_problem(str(file), HEADER)
    if problem is None:
        assert [[*map(cleaned, row)] for row in read()] == read_by_python(content)
    else:
        assert re.match(rf"[a-z0-9_]+: {file}[:,] ", problem)
        assert problem.isprintable()
