"""Damaged files are refused with one plain line, and bad rows are set aside."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest
import yaml
from damaged_files import CASES
from damaged_files.cases import (
    HEADER,
    ROW_COUNT,
    SAMPLE,
    SEED,
    STAGING_NAMES,
    Accepted,
    Refused,
    TooManyRejected,
)
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt_common.exceptions import DbtRuntimeError

from conftest import ROOT, copy_project
from user_segmentation.files.gate import file_problem

pytestmark = pytest.mark.slow

STAGING = "path:models/staging"
# The cases that the seed has, too, as far as its name lets it.
SEED_CASES = (
    "columns_in_alphabetical_order_padded_and_in_lower_case",
    "header_doubled",
    "semicolons",
    "sample",
    "columns_reordered",
    "headers_padded",
    "utf_8_with_byte_order_mark",
    "byte_order_mark_and_quoted_header",
    "cr",
    "crlf",
    "quoted_line_breaks",
    "blank_lines_between_rows",
    "lone_quotes_inside_fields",
    "words_for_nothing",
    "values_missing",
    "row_that_begins_with_a_hash",
    "field_as_long_as_may_be",
    "six_bad_rows_in_a_hundred",
    "comma_at_the_end_of_every_row",
    "header_renamed",
    "column_missing",
    "column_too_many",
    "header_only",
    "empty",
    "field_too_few",
    "unterminated_in_the_middle",
    "latin_1",
    "utf_16_with_byte_order_mark",
    "nul_byte",
    "gzip_named_csv",
)


def cases(*outcomes):
    """The cases of the corpus with one of these outcomes, each under its name."""
    return [
        pytest.param(case, id=name)
        for name, case in CASES.items()
        if isinstance(case.outcome, outcomes)
    ]


def written(case, folder):
    """What the variable `user_profiles` names, once the files of the case lie there."""
    pattern = case.write(folder)
    if os.geteuid() == 0 and case is CASES["not_readable"]:
        pytest.skip("nothing is unreadable for root")
    return pattern


def assert_is_refusal(line, case, pattern):
    """One line for people: the code, the file, the place, what to do."""
    code, *_ = line.split(":")
    assert code in case.outcome.codes, line
    assert (case.named or case.pattern) in line
    assert case.outcome.saying in line
    # One line, and nothing that could move the cursor of a terminal.
    assert line.isprintable()
    assert len(line.replace(pattern, "")) < 300


@pytest.mark.parametrize("case", cases(Refused))
def test_the_gate_refuses_a_damaged_file(tmp_path, case):
    pattern = written(case, tmp_path)
    assert_is_refusal(file_problem(pattern, HEADER), case, pattern)


@pytest.mark.parametrize("case", cases(Accepted, TooManyRejected))
def test_the_gate_passes_a_sound_file(tmp_path, case):
    assert file_problem(written(case, tmp_path), HEADER) is None


class Builds:
    """Builds in one database, by one dbt that parses the project once.

    Parameters
    ----------
    folder : Path
        An empty folder, for what dbt compiles.

    Attributes
    ----------
    sample : list
        What staging makes of the rows that all cases are made from.
    """

    def __init__(self, folder):
        self.quick = [
            *("--target-path", str(folder), "--log-level-file", "none"),
            *("--no-write-json", "--no-populate-cache"),
        ]
        manifest = dbtRunner().invoke(["--quiet", "parse", *self.quick]).result
        self.runner = dbtRunner(manifest=manifest)
        file = folder / "sample.csv"
        file.write_bytes(SAMPLE)
        assert self.build(f"+{STAGING}", user_profiles=str(file)) == []
        accepted, rejected = self.profiles()
        assert len(accepted) == ROW_COUNT
        assert not rejected
        self.sample = list(accepted.values())

    def build(self, *select, **variables):
        """Messages of what failed in `dbt build`, or with `select` in a part of it."""
        outcome = self.runner.invoke(
            [
                *("--quiet", "build", "--exclude-resource-type", "unit_test"),
                # Of the tests, those whose models are all there.
                *("--indirect-selection", "buildable"),
                *(["--select", *select] if select else []),
                *("--vars", yaml.safe_dump(variables), *self.quick),
            ]
        )
        if isinstance(outcome.exception, DbtRuntimeError):
            return [str(outcome.exception)]
        assert outcome.exception is None, outcome.exception
        failed = [
            result.message
            for result in outcome.result
            if result.status not in {"success", "pass", "skipped"}
        ]
        assert outcome.success == (not failed)
        return failed

    def query(self, sql):
        """Rows of a query, through the connection with which dbt holds the database."""
        cursor = DuckDBConnectionManager.env().conn.cursor()
        return cursor.execute(sql).fetchall()

    def contents(self, schemas="%"):
        """Number and hash of the rows of every table and view."""
        relations = self.query(
            f"""
            select format('"{{}}"."{{}}"', table_schema, table_name)
            from information_schema.tables where table_schema like '{schemas}'
            """
        )
        return {
            name: self.query(
                f"select count(*), bit_xor(hash(rows)) from {name} as rows"
            )
            for (name,) in relations
        }

    def profiles(self):
        """Accepted rows and reasons of rejected ones, each by the number of the row."""
        accepted = self.query(
            f"""
            select row_number, {", ".join(STAGING_NAMES)} from staging.stg_user_profiles
            where user_id in (select user_id from staging.stg_users)
            """
        )
        rejected = self.query(
            "select row_number, reasons from staging.stg_rejected_rows"
        )
        return {number: values for number, *values in accepted}, dict(rejected)

    def check(self, case, pattern, *select, **variables):
        """That a build comes to what a case expects."""
        before = self.contents()
        failed = self.build(*select, **variables)
        match case.outcome:
            case Accepted():
                assert failed == []
                assert_rows(case.outcome, *self.profiles(), self.sample)
            case TooManyRejected(reasons):
                (message,) = failed
                assert "max_rejected_share" in message or "No user is left" in message
                assert any(reason in message for reason in reasons)
                unchanged = {name for name in before if '"marts"' in name}
                assert self.contents("marts") == {n: before[n] for n in unchanged}
            case Refused():
                (message,) = failed
                title, line, *macros = filter(str.strip, message.splitlines())
                assert title.startswith(("Compilation Error", "Runtime Error"))
                assert_is_refusal(line.strip(), case, pattern)
                assert all(macro.strip().startswith(">") for macro in macros)
                assert self.contents() == before


def assert_rows(expected, accepted, reasons, sample):
    """That each row is accepted as the sample has it, or rejected for its reasons."""
    codes = {number: set(text.split(", ")) for number, text in reasons.items()}
    assert codes == expected.rejected
    assert sorted([*accepted, *codes]) == [*range(1, expected.row_count + 1)]
    for number, values in accepted.items():
        assert number in expected.changed or values in sample


def first_of_each_code():
    """Cases of files that are refused, one for each code."""
    found = {}
    for case in cases(Refused):
        found.setdefault(case.values[0].outcome.codes, case)
    return [case for codes, case in found.items() if len(codes) == 1]


@contextmanager
def builds_of(project, database):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("DUCKDB_PATH", str(database))
        patch.setenv("PUBLISH_PATH", str(database.parent / "published"))
        target = database.parent / "target"
        target.mkdir()
        yield Builds(target)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Builds in a database with seeds and nothing else."""
    with builds_of(ROOT, tmp_path_factory.mktemp("fresh") / "fresh.duckdb") as builds:
        yield builds


@pytest.mark.parametrize(
    "case", [*cases(Accepted, TooManyRejected), *first_of_each_code()]
)
def test_a_first_build_comes_to_what_it_should(tmp_path, fresh, case):
    pattern = written(case, tmp_path)
    fresh.query("drop schema if exists staging cascade")
    fresh.check(case, pattern, STAGING, user_profiles=pattern)


@pytest.fixture(scope="module")
def earlier(tmp_path_factory, sample_build):
    """Builds over what a whole build of the sample has left."""
    folder = tmp_path_factory.mktemp("earlier")
    database = shutil.copy(sample_build.database, folder / "earlier.duckdb")
    with builds_of(ROOT, database) as builds:
        yield builds


@pytest.mark.chaos
@pytest.mark.parametrize("case", cases(Accepted, TooManyRejected, Refused))
def test_a_later_build_comes_to_what_it_should(tmp_path, earlier, case):
    pattern = written(case, tmp_path)
    select = [STAGING] if isinstance(case.outcome, Accepted) else []
    earlier.check(case, pattern, *select, user_profiles=pattern)


def seed_cases():
    """The cases of the seed; all but the first few run with the long tests."""
    for place, name in enumerate(SEED_CASES):
        case = CASES[name]
        seed = replace(
            case,
            files={SEED.name: case.files["users.csv"]},
            pattern=SEED.name,
        )
        yield pytest.param(seed, id=name, marks=[pytest.mark.chaos][: place >= 1])


@pytest.fixture(scope="module")
def seeded(tmp_path_factory, sample_build):
    """Builds over an earlier one of a copy of the project, whose seed is replaced."""
    folder = tmp_path_factory.mktemp("seeded")
    database = shutil.copy(sample_build.database, folder / "seeded.duckdb")
    project = copy_project(folder)
    with builds_of(project, database) as builds:
        builds.project = project
        yield builds


@pytest.mark.parametrize("case", list(seed_cases()))
def test_a_build_of_the_seed_comes_to_what_it_should(seeded, case):
    pattern = case.write(seeded.project / "seeds")
    seeded.check(case, pattern, SEED.stem, STAGING)
