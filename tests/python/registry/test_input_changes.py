"""What vanishes from one build to the next is told, and an ordinary month is not."""

import pytest

from conftest import sample_rows
from lives import Life

pytestmark = pytest.mark.slow

USER_COUNT = 500
# Users who come, leave, and change their answers in a month: a tenth each.
TURNOVER = 50


def months():
    """An ordinary month after the first, and one in which much has vanished."""
    rows = sample_rows(USER_COUNT + TURNOVER)
    first = rows[:USER_COUNT]
    stayed = rows[TURNOVER : -TURNOVER // 2]
    second = [
        {**row, "Gender": "Female"} if number < TURNOVER else row
        for number, row in enumerate(stayed)
    ]
    third = [{**row, "Gender": "Female"} for row in second[: len(second) // 2]]
    return first, second, third


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    life = Life(tmp_path_factory.mktemp("vanished") / "life")
    first, second, third = months()
    purchases = {"transactions": "data/transactions.parquet"}
    return [
        life.build(first, **purchases),
        life.build(second, **purchases),
        life.build(third),
    ]


def told(build):
    """The subjects of what a build found to be sudden, and the lines that it said."""
    rows = build.query(
        "from marts.input_changes where is_sudden order by measure desc, subject"
    )
    for finding in rows["finding"]:
        assert finding in build.output
    return list(rows["subject"]), list(rows["finding"])


@pytest.mark.parametrize("month", [0, 1])
def test_a_first_build_and_an_ordinary_month_are_told_of_nothing(builds, month):
    assert told(builds[month]) == ([], [])
    assert "WARN 1 nothing_vanishes" not in builds[month].output


def test_an_ordinary_month_is_compared(builds):
    changes = builds[1].query("from marts.input_changes").set_index("subject")
    assert changes.loc["users", "last_count"] == USER_COUNT
    assert changes.loc["users", "current_count"] == USER_COUNT - TURNOVER
    assert changes.loc["gender", "answer"] == "Female"
    assert changes.loc["gender", "last_share"] < changes.loc["gender", "current_share"]
    assert changes.loc["gender", "excess_index"] < 0.1
    assert changes.loc["transactions", "last_count"] > 0


def test_half_of_the_users_a_log_and_a_gender_do_not_vanish_without_a_word(builds):
    subjects, findings = told(builds[2])
    assert subjects == ["users", "transactions", "user_profiles", "gender"]
    *_, profiles, gender = findings
    user_count = len(months()[1])
    assert profiles.startswith(
        f"Rows of user_profiles in use: {user_count} in the build before, "
        f"{user_count // 2} now"
    )
    assert gender.startswith("Of the users, 100.0% have the answer Female for gender")
    assert "WARN 4 nothing_vanishes_without_a_word" in builds[2].output
