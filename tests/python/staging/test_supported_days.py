"""Which days a log supports, whatever a few rows far from all others say."""

from datetime import date, timedelta

import duckdb
import numpy as np
import pytest

from engines import Engine, macro_files, spark_session

FIRST = date(2025, 1, 6)  # a Monday
EPOCH = date(1970, 1, 1)


def engine(prefix, ask):
    """An engine with the macro, and what it calls."""
    return Engine(prefix, ask, macro_files("supported_days", "days_between"), {})


@pytest.fixture(scope="module")
def duckdb_engine():
    with duckdb.connect() as connection:
        yield engine("default", lambda query: connection.execute(query).fetchall())


@pytest.fixture(scope="module")
def spark_engine(tmp_path_factory):
    with spark_session(tmp_path_factory.mktemp("spark")) as session:
        yield engine(
            "spark", lambda query: list(map(tuple, session.sql(query).collect()))
        )


@pytest.fixture(params=["duckdb", "spark"])
def supported(request):
    """First and last day of a log, a list of days and users."""
    asked = request.getfixturevalue(f"{request.param}_engine")

    def period(log):
        rows = ", ".join(f"(date '{day}', '{user}')" for day, user in log)
        query = asked.spell("supported_days('logs', 'log_date')")
        # As a subquery: models have it as a table expression of their own.
        ((first, last, _),) = asked.ask(
            "select * from (with logs as (select * from (values "
            f"{rows}) as log_rows (log_date, user_id)) {query.replace('with', ',', 1)})"
        )
        return first, last

    return period


def days(numbers, users=1, *, user="user"):
    """Rows of so many users on each of the days by number."""
    return [
        (FIRST + timedelta(days=int(number)), f"{user}{one}")
        for number in numbers
        for one in range(users)
    ]


def ends(first, last):
    return FIRST + timedelta(days=first), FIRST + timedelta(days=last)


def weekends(count):
    return [7 * week + day for week in range(count) for day in (5, 6)]


WEEKDAYS = [day for day in range(119) if day % 7 < 5]
DECEMBER = list(range(31))
GROWING = [0, 4, 5, 11, 20, 27, *range(30, 60)]
SPARSE = np.random.default_rng(0).integers(1, 10, 60).cumsum().tolist()

# The log, and the numbers of its first and its last day.
LOGS = {
    "one row": (days([0]), (0, 0)),
    "two rows": (days([0, 40]), (0, 40)),
    "three rows far from each other": (days([0, 300, 310]), (0, 310)),
    "a first day": (days([0], 300), (0, 0)),
    "a second day": (days([0], 300) + days([1]), (0, 1)),
    "ten days": (days(range(10), 5), (0, 9)),
    "every day": (days(range(180), 5), (0, 179)),
    "one event a week": (days(range(0, 700, 7)), (0, 693)),
    "a batch a week": (days(range(0, 140, 7), 200), (0, 133)),
    "weekends only": (days(weekends(20), 30), (5, 139)),
    "the morning of a Saturday": (days(weekends(20), 30) + days([145]), (5, 145)),
    "working days": (days(WEEKDAYS, 20), (0, 116)),
    "working days, Christmas off": (days([*WEEKDAYS, 130], 20), (0, 130)),
    "few rows, at random": (days(SPARSE), (SPARSE[0], SPARSE[-1])),
    "a quarter's campaigns": (days(range(0, 720, 90), 500), (0, 630)),
    "stopped for two months": (days([*range(100), *range(160, 230)], 20), (0, 229)),
    "went on today": (days([*range(100), 160], 20), (0, 160)),
    "went on with a few": (days(range(100), 20) + days([160], 3), (0, 160)),
    "went on with one a day": (
        days(range(100)) + days([160, 161, 162]),
        (0, 162),
    ),
    "two seasons": (days([*DECEMBER, *(d + 365 for d in DECEMBER)], 20), (0, 395)),
    "a larger season": (
        [row for d in DECEMBER for row in days([d], 2, user=f"day {d} ")]
        + days([d + 365 for d in DECEMBER], 400),
        (0, 395),
    ),
    "a season's first day": (days([*DECEMBER, 365], 20), (0, 365)),
    "first month from nothing": (
        days(GROWING[:6]) + days(GROWING[6:], 100),
        (0, 59),
    ),
    "a first day and a pause": (days([0, 60, 61, 62, 63, 64], 50), (0, 64)),
    "all users leave but one": (days(range(100), 50) + days(range(100, 130)), (0, 129)),
}


@pytest.mark.parametrize("name", LOGS)
def test_a_log_has_all_its_days(supported, name):
    log, (first, last) = LOGS[name]
    assert supported(log) == ends(first, last)


# Logs that are long enough to say what is far from them.
TOLD = [
    *("ten days", "a second day", "every day", "one event a week", "a batch a week"),
    *("weekends only", "working days", "few rows, at random", "two seasons"),
    *("stopped for two months", "first month from nothing", "a season's first day"),
]


@pytest.mark.parametrize("name", TOLD)
@pytest.mark.parametrize(
    "strays",
    [
        days([1100]),
        days([800, 1100, 1101]),
        # One visitor, one visit.
        days([1100]) * 40,
        [(EPOCH, "user0")],
        [(EPOCH, "user0"), (EPOCH, "user1"), *days([-400]), *days([900, 1100])],
    ],
    ids=["after", "some after", "a visit after", "before", "before and after"],
)
def test_a_few_rows_far_from_all_others_are_no_days_of_it(supported, name, strays):
    log, (first, last) = LOGS[name]
    assert supported(log + strays) == ends(first, last)
    assert supported(strays + log) == ends(first, last)


@pytest.mark.parametrize("silence", [4, 9, 30, 270])
def test_the_end_of_a_log_of_every_day_is_told_to_the_day(supported, silence):
    log = days(range(180), 60)
    last = 179 + silence
    assert supported(log + days([last], 5)) == ends(0, 179)
    assert supported(log + days([last], 6)) == ends(0, last)


def test_a_day_that_stands_for_no_date_is_no_day_of_the_log(supported):
    log = days(range(180), 20)
    no_dates = [(EPOCH, f"user{number}") for number in range(180)]
    assert supported(log + no_dates) == ends(0, 179)


def test_rows_wait_until_there_are_enough(supported):
    log = days(range(100), 60)
    ended = []
    for number in range(3):
        log += days([160 + number], 3, user=f"new {number} ")
        ended.append(supported(log)[1])
    assert ended == [FIRST + timedelta(days=day) for day in (99, 161, 162)]


def test_a_few_users_are_no_log_however_many_days_they_come(supported):
    log = days(range(100), 60)
    one = days(range(300, 314), 1, user="bot")
    three = days(range(300, 304), 3, user="bot")
    early = [row for n in range(15) for row in days([2 * n - 900], user=f"old {n}")]
    assert supported(log + one) == ends(0, 99)
    assert supported(log + three) == ends(0, 99)
    assert supported(log + early) == ends(0, 99)


def test_a_log_without_rows_has_no_days(supported, duckdb_engine):
    query = duckdb_engine.spell("supported_days('logs', 'log_date')")
    ask = duckdb_engine.ask
    ask("create table logs (log_date date, user_id varchar)")
    assert ask(query) == [(None, None, None)]
    ask("drop table logs")
