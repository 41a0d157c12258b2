"""What is spelled differently for DuckDB and Spark means the same to both."""

import json
import re
from datetime import date, datetime
from math import isclose, isnan

import duckdb
import pytest

from conftest import ROOT
from engines import Engine, spark_session

BUILT_AT = datetime(2026, 1, 2, 3, 4, 5, 6)
COLUMNS = {
    "id": "integer",
    "text": "string",
    "other": "string",
    "number": "double",
    "whole": "bigint",
    "day": "date",
    "later_day": "date",
    "time": "timestamp",
}
TEXTS = [
    *(
        None,
        "",
        " ",
        "plain",
        " a ",
        "it's",
        '"quoted"',
        "back\\slash",
        "a\\'b",
        "%_^$",
    ),
    *(
        "Ünïcödé \u2013 x",
        "\t\u00a0tab and no-break\r\n",
        "日本",
        "a, b",
        "a,b,,c",
        "x" * 300,
    ),
    *("19.3%", "19.3% ", "0.193", "100 %", "%", "19.3%\u00a0"),
    *("1", "+1", "-1", " 12 ", ".5", "5.", "1e5", "1E-5", "1d", "1.0D", "1f", "0x1p3"),
    *("1f ", "1F\t", "2.5f  ", "inf ", "+-1", " +-1", "1\x01", "1\x1f", "1\x0b"),
    *(
        "1e-400",
        "9007199254740993",
        "9007199254740992",
        "0.30000000000000004",
        "1.99e1",
    ),
    *("0.00000001", "0.123456789", "123456789.12345678", "1e22", "1e-320", "-0.0"),
    *("jose\u0301", "se\u0323\u0302", "\u212b", "\u1112\u1161\u11ab", "25e-1%"),
    *("1_000", "19,3", "1e400", "nan", "NaN", "inf", "-inf", "Infinity", "-infinity"),
    *("EUR", "eur", "EU", "EURO", "EUR\n", "true", "TRUE", "f"),
    *("2025-12-31T23:59:00Z", "2025-12-31 23:59:00 UTC", "2025-12-31 23:59:00+02:00"),
    *("2025-12-31T23:59:00+0530", "2025-12-31T23:59:00-08", "2025-12-31T23:59Z"),
    *(
        "2025-12-31T23:59:00.123456Z",
        "2025-12-31T23:59:00.5+01:00",
        "2025-02-30T00:00Z",
    ),
    *(
        "2025-12-31T24:00:00Z",
        "2025-12-31T25:00:00Z",
        "2025-12-31T23:59:00+99:00",
        "2025-12-31T23:59:00",
    ),
    *(
        "2025-12-31",
        "2025-12",
        "2025",
        "31.12.2025",
        "now",
        "epoch",
        "2025-12-31T23:59",
    ),
    *("2025-12-31t23:59:00z", "2025-12-31 23:59:00 utc", "2025-12-31 23:59:00 Z"),
    *(
        "2025-03-28 23:30:00 +0100",
        "2025-03-28 23:30 -01",
        "2025-03-28 23:30:00 +01:00",
    ),
    *("2031-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2024-02-29T12:00:00+00:00"),
]
NUMBERS = [None, 0.0, -0.0, 1.5, -2.5, 1e-12, 1e15, float("inf"), float("-inf")]
DAYS = [None, date(2025, 1, 5), date(2024, 2, 29), date(2026, 1, 1), date(1999, 12, 31)]
TIMES = [
    *(None, datetime(2025, 3, 30, 1, 30), datetime(2025, 10, 26, 0, 30)),
    *(datetime(2025, 12, 31, 23, 59, 59, 999999), datetime(1970, 1, 1)),
]


def rows():
    """Texts of all kinds, each beside a number, a day and a time."""
    for place, text in enumerate(TEXTS):
        yield (
            *(place, text, TEXTS[(7 * place + 3) % len(TEXTS)]),
            *(NUMBERS[place % len(NUMBERS)], None if place % 7 == 0 else 3 * place),
            *(DAYS[place % len(DAYS)], DAYS[(place + place // 5) % len(DAYS)]),
            TIMES[place % len(TIMES)],
        )


def of_numbers(call):
    """A call where a text is a number, and null elsewhere."""
    condition = "is_finite(number_of('text'))"
    return f"'case when ' ~ {condition} ~ ' then ' ~ {call} ~ ' end'"


# Expressions of a row, or of a group of rows, as the models use them.
OF_ROWS = [
    "clean_text('text')",
    "parse_number('text')",
    "parse_rate('text')",
    "parse_time('text')",
    "parse_boolean('text')",
    "missing_problem('text')",
    "is_session('text')",
    "composed('text')",
    "digits_of('text')",
    of_numbers("double_loses_digits('text', number_of('text'))"),
    of_numbers("loses_digits('text', 'try_cast(text as decimal(18, 8))')"),
    "trimmed('text', \"' x'\")",
    "number_of('text')",
    "is_finite('number')",
    "is_match('text', \"'^[A-Z]{3}$'\")",
    "is_match('text', \"'[(]|' || chr(9)\")",
    "is_time('text')",
    "days_between('day', 'later_day')",
    "day_of_week('day')",
    "microseconds_between('time', \"timestamp '2025-01-01'\")",
    "time_in_zone('time', 'Europe/Berlin')",
    "time_in_zone('time', 'America/New_York')",
    "whole_quotient('5 * whole', '7')",
    "list_of(['text', 'other'])",
    "entry_at(list_of(['text', 'other']), 2)",
    "joined(list_of([\"coalesce(text, '-')\", \"'end'\"]), ' -> ')",
    "places_of(\"split(text, ',')\")",
    "days_from(\"date '2024-02-27'\", \"date '2024-03-02'\")",
    "number_of_hex(\"substr(md5(coalesce(text, '')), 1, 15)\")",
    "fixed_point('whole / 8', '2')",
    "fixed_point('whole / 1000', '2')",
    "'case when time >= ' ~ earliest_time() ~ ' then 1 end'",
    "'cast(null as ' ~ list_type('bigint') ~ ')'",
    '"\'" ~ escape_single_quotes("it\'s \\\\ \'so\'") ~ "\'"',
]
OF_GROUPS = [
    "ordered_text('text', ', ', 'id')",
    "ordered_list('text', 'id')",
    "exact_average_of_shares('whole / 1000')",
    "exact_sum('whole')",
    "quartiles_of('whole')",
    "deciles_of('whole')",
]


def engine(prefix, ask):
    """An engine with all macros that cleaning and features need."""
    folders = [ROOT / "macros" / name for name in ("engine", "staging", "features")]
    files = [path for folder in folders for path in sorted(folder.rglob("*.sql"))]
    variables = {"no_session_ids": ["-1", "NaN", "it's"], "max_session_hours": 12}
    return Engine(
        prefix, ask, files, {"run_started_at": BUILT_AT, "var": variables.get}
    )


@pytest.fixture(scope="module")
def duck():
    connection = duckdb.connect()
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection.execute(f"create table rows ({columns})")
    connection.executemany(
        f"insert into rows values ({', '.join('?' * len(COLUMNS))})", list(rows())
    )
    return engine("default", lambda query: connection.execute(query).fetchall())


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    columns = columns.replace("timestamp", "timestamp_ntz")
    with spark_session(tmp_path_factory.mktemp("spark")) as session:
        session.createDataFrame(list(rows()), columns).createOrReplaceTempView("rows")
        yield engine(
            "spark", lambda query: list(map(tuple, session.sql(query).collect()))
        )


def same(one, other):
    """Whether two values are the same; of numbers, to the last digits."""
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and other is not None:
        return isclose(one, other, rel_tol=1e-15) or (isnan(one) and isnan(other))
    if isinstance(one, datetime) and isinstance(other, date):
        return one == datetime(*other.timetuple()[:6], getattr(other, "microsecond", 0))
    return one == other


@pytest.mark.parametrize("call", OF_ROWS)
def test_an_expression_of_a_row_is_the_same(duck, spark, call):
    found, expected = (
        engine.ask(f"select id, text, {engine.spell(call)} from rows order by id")
        for engine in (spark, duck)
    )
    assert len(expected) == len(TEXTS)
    unlike = [
        (text, one, other)
        for (_, text, one), (_, _, other) in zip(expected, found, strict=True)
        if not same(one, other)
    ]
    assert not unlike


@pytest.mark.parametrize("call", OF_GROUPS)
def test_an_aggregate_is_the_same(duck, spark, call):
    found, expected = (
        engine.ask(
            f"select id % 5 as part, {engine.spell(call)} from rows "
            "where text is not null and whole is not null group by 1 order by 1"
        )
        for engine in (spark, duck)
    )
    assert len(expected) == 5
    assert same(expected, found)


def test_each_entry_of_a_list_has_a_row(duck, spark):
    found, expected = (
        engine.ask(
            "select id, entry from (select id, "
            + engine.spell("each_of(\"split(text, ', ')\")")
            + " as entry from rows) as entries order by id, entry"
        )
        for engine in (spark, duck)
    )
    assert found == expected
    assert len(found) > len(TEXTS) - 1


def test_rows_have_one_hash_where_they_are_the_same(duck, spark):
    for engine in (duck, spark):
        pairs = engine.ask(f"""
            with hashes as (
                select text, other, {engine.spell("hash_of(['text', 'other'])")} as hash
                from rows
                union all
                select other, text, {engine.spell("hash_of(['other', 'text'])")}
                from rows
            )
            select count(distinct hash), count(*)
            from (select distinct text, other, hash from hashes) as pairs
        """)
        ((hash_count, pair_count),) = pairs
        assert hash_count == pair_count


def test_a_row_as_json_has_every_column(duck, spark):
    found, expected = (
        [
            json.loads(text)
            for (text,) in engine.ask(
                "select "
                + engine.spell("json_of('raw')")
                + " from (select id, "
                + engine.spell("whole_row('texts')")
                + " as raw from (select id, text, other from rows) as texts) as raws "
                + "order by id"
            )
        ]
        for engine in (spark, duck)
    )
    assert found == expected
    assert list(found[0]) == ["id", "text", "other"]


def test_rows_are_numbered_as_they_are_read(duck, spark):
    for engine in (duck, spark):
        numbers = engine.ask(
            f"select id, {engine.spell('number_as_read()')} from rows order by id"
        )
        assert numbers == [(place, place + 1) for place in range(len(TEXTS))]


def test_rows_in_several_parts_are_numbered_in_the_order_of_the_parts(spark):
    numbered = spark.ask(
        f"select id, {spark.spell('number_as_read()')} as number "
        "from range(0, 1000, 1, 4) order by number"
    )
    assert [place for place, _ in numbered] == list(range(1000))
    numbers = [number for _, number in numbered]
    assert numbers[:250] == list(range(1, 251))
    assert len(set(numbers)) == 1000


def test_every_macro_of_the_engines_is_used():
    text = "".join(
        path.read_text()
        for folder in ("macros", "models", "snapshots", "tests")
        for path in (ROOT / folder).rglob("*.sql")
    )
    engine = "".join(
        path.read_text() for path in (ROOT / "macros/engine").rglob("*.sql")
    )
    names = re.findall(r"{% macro (\w+)", engine)
    dispatched = set(re.findall(r"dispatch\('(\w+)'\)", engine))
    for name in names:
        prefix, _, base = name.rpartition("__")
        if prefix in {"default", "spark"} and base in dispatched:
            continue
        # dbt itself calls what has the name of one of its own.
        if prefix in {"duckdb", "spark"}:
            continue
        uses = re.findall(rf"(?<!macro ){name}\(", text)
        assert uses, name
    assert {name for name in names if name.startswith("default__")} == {
        f"default__{name}" for name in dispatched
    }
