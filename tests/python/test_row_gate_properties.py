"""Whatever rows a file holds, each is accepted or rejected as the README says.

The rules stand here a second time, as short as Python allows and not taken from the
SQL; hypothesis looks for rows, and files, on which the two disagree.
"""

import csv
import io
import json
import re

import duckdb
import pytest
import yaml
from dbt.cli.main import dbtRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from damaged_files.cases import HEADER, ROWS, STAGING_NAMES, table
from file_gate import file_problem

BLANKS = " \t\r\n\u00a0"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")
LARGEST = {
    "reaction_count": 1_000_000_000,
    "followed_account_count": 1_000_000_000,
    "weekday_hours_online": 24,
    "weekend_hours_online": 24,
    "click_through_rate": 1,
    "conversion_rate": 1,
    "ad_interaction_seconds": 86_400,
}
WHOLE = {"reaction_count", "followed_account_count"}
RATES = {"click_through_rate", "conversion_rate"}
NAMES = dict(zip(STAGING_NAMES, HEADER, strict=True))


def listed(seed, column):
    with (ROOT / "seeds" / seed).open(newline="") as file:
        return [(row[column], row) for row in csv.DictReader(file)]


ANSWERS = {}
for answer, row in listed("ordered_answers.csv", "answer"):
    ANSWERS.setdefault(row["attribute"], []).append(answer)
INTERESTS = [interest for interest, _ in listed("interest_themes.csv", "interest")]


# The rules.


def cleaned(text):
    return (text or "").translate(dict.fromkeys(map(ord, DASHES), "-")).strip(BLANKS)


def spelled(text, answers):
    """The listed answer that a text means, or None."""
    return {answer.lower(): answer for answer in answers}.get(cleaned(text).lower())


def number(text, name):
    """The number that a text means, or None where it breaks a rule."""
    text = cleaned(text)
    is_percentage = name in RATES and text.endswith("%")
    if is_percentage:
        text = text[:-1].strip(BLANKS)
    if not NUMBER.fullmatch(text):
        return None
    value = float(text) / (100 if is_percentage else 1)
    is_fraction = name in WHOLE and value % 1
    return value if 0 <= value <= LARGEST[name] and not is_fraction else None


def interests(text):
    """The listed interests that a text means, or None where one is not listed."""
    found = [spelled(interest, INTERESTS) for interest in cleaned(text).split(",")]
    return None if None in found else ", ".join(dict.fromkeys(found))


def understood(row):
    """What a row means by the names of staging: None where it breaks a rule."""
    return {
        "user_id": cleaned(row["user_id"]) or None,
        "top_interests": interests(row["top_interests"]),
        **{name: spelled(row[name], answers) for name, answers in ANSWERS.items()},
        **{name: number(row[name], name) for name in LARGEST},
    }


# The rows.

ANY_TEXT = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    st.text(f"{BLANKS}{DASHES}+-.,%eE_0123456789xX", max_size=8),
    st.sampled_from(["nan", "-inf", "Infinity", "1e400", "NULL", "0x10", "1_000"]),
)
SMALL = st.integers(0, 9)
PADDING = st.text(BLANKS, max_size=2)


def padded(texts):
    return st.builds("{}{}{}".format, PADDING, texts, PADDING)


def odd_spelling(answers):
    """Known answers in another case, with other dashes, or another letter somewhere."""
    return padded(
        st.builds(
            lambda answer, change, dash: change(answer).replace("-", dash),
            st.sampled_from(answers),
            st.sampled_from([str, str.upper, str.lower, str.title, str.swapcase]),
            st.sampled_from(["-", "-", *DASHES, "~", " - "]),
        )
    )


def numbers_up_to(largest, *forms):
    """Numbers in and near the range from 0 to `largest`, in several forms."""
    values = st.one_of(
        st.sampled_from([largest, largest + 1, 0, -1, 0.5, largest + 0.5]),
        st.integers(-2, largest + 2),
        st.decimals(-1, largest + 1, places=3),
    )
    return padded(st.builds(str.format, st.sampled_from(["{}", *forms]), values))


def mutations(name):
    if name == "user_id":
        ids = st.builds("{}{}".format, st.sampled_from(["user ", "User "]), SMALL)
        return padded(st.one_of(ids, st.just("")))
    if name == "top_interests":
        some = odd_spelling([*INTERESTS, "Curling", ""])
        separators = st.sampled_from([",", ", ", " ,", ";"])
        return st.builds(str.join, separators, st.lists(some, max_size=4))
    if name in ANSWERS:
        return odd_spelling([answer for known in ANSWERS.values() for answer in known])
    if name in RATES:
        percentages = numbers_up_to(100, "{}%", "{}%", "{} %", "{}%%")
        return st.one_of(numbers_up_to(1, "{:.2f}"), percentages)
    return numbers_up_to(LARGEST[name], "{:e}", "+{}", "{:,}", "{:_}", "-{}", "{}.")


@st.composite
def mixed_rows(draw):
    """Rows of the sample, some of them with a value or two changed.

    With more changes to a row, they would hide each other.
    """
    rows = []
    few_names = st.lists(st.sampled_from([*STAGING_NAMES, "user_id"]), max_size=2)
    for place in range(draw(st.integers(1, 25))):
        row = dict(zip(STAGING_NAMES, draw(st.sampled_from(ROWS)), strict=True))
        row["user_id"] = f"user {place}"
        for name in draw(few_names):
            row[name] = draw(st.one_of(mutations(name), mutations(name), ANY_TEXT))
        rows.append(row)
    return rows


# The gate.


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """Function that gives the SQL that dbt makes of a model or of a line of SQL.

    dbt would need a second for each set of rows. Its SQL alone runs in DuckDB at once,
    on a database in memory that holds the same seeds under the same names.
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
def connection():
    """A database in memory with the seeds that staging reads."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as gate; use gate; create schema raw")
        connection.execute("set threads = 1")
        for seed in ("ordered_answers", "interest_themes", "raw_user_profiles"):
            connection.execute(
                f"create table raw.{seed} as from read_csv(?, all_varchar = true)",
                [str(ROOT / f"seeds/{seed}.csv")],
            )
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


QUICK = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)


@given(rows=mixed_rows())
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


# The file.


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


@st.composite
def csv_forms(draw):
    """Function that writes a row of texts, and the line end and the mark before all."""
    line_end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    ends = st.sampled_from([line_end, line_end, 2 * line_end])
    order = draw(st.permutations(range(len(HEADER))))

    def field(text):
        must_be_quoted = not set(text).isdisjoint(',"\r\n')
        if must_be_quoted or draw(st.booleans()):
            return '"' + text.replace('"', '""') + '"'
        return text

    def line(row):
        return ",".join(field(row[place] or "") for place in order) + draw(ends)

    return line


@given(rows=mixed_rows(), data=st.data())
@QUICK
def test_a_sound_file_is_read_as_it_was_written(file, read, rows, data):
    line = data.draw(csv_forms())
    change = data.draw(st.sampled_from([str, str.upper, str.lower, " {} ".format]))
    texts = [tuple(row.values()) for row in rows]
    content = "".join(map(line, [[change(name) for name in HEADER], *texts]))
    if data.draw(st.booleans()):
        content = content.rstrip("\r\n")
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig"]))
    file.write_bytes(content.encode(encoding))
    assert file_problem(str(file), HEADER) is None
    # An empty field and no text are the same.
    assert read() == [tuple(text or None for text in row) for row in texts]


SMALL_TABLE = table(ROWS[:20])
PIECES = [
    '"',
    '""',
    ",",
    "\n",
    "\r",
    "\r\n",
    " ",
    "#",
    "x,y",
    '"\n"',
    "é",
    "\ufeff",
    "\0",
]


@st.composite
def damaged_contents(draw):
    """The bytes of a small file, of which up to three pieces are changed or moved."""
    content = SMALL_TABLE
    for _ in range(draw(st.integers(1, 2))):
        # Seldom in the header, where nearly any damage is found at once.
        start = draw(st.integers(draw(st.sampled_from([400, 400, 0])), len(content)))
        size = draw(st.sampled_from([0, 0, 1, 2, 40, 200]))
        moved = draw(st.integers(0, len(content)))
        piece = draw(
            st.one_of(
                st.sampled_from([piece.encode() for piece in PIECES]),
                st.sampled_from([content[moved : moved + 100], b"\xff", b""]),
            )
        )
        content = content[:start] + piece + content[start + size :]
    return content


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
