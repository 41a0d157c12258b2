"""The default treatment of mixed data finds planted personas; the tutorial's does not.

The figures expected of the tutorial's treatment, and of engagement alone, are those of
the study that chose the default; the designs were made to meet them.
"""

import numpy as np
import pytest

from mixed_designs import BOT_VALUE, DESIGNS, mixed_design, with_bots
from treatment_study import BOT_COUNTS, TREATMENTS, recovery, treatment_table

pytestmark = pytest.mark.slow

SEEDS = range(10)


@pytest.fixture(scope="module")
def recoveries():
    """For each treatment, the recovery of each design."""
    return {
        treatment: list(recovery(treatment, SEEDS).values()) for treatment in TREATMENTS
    }


def test_the_default_treatment_finds_the_personas(recoveries):
    assert np.mean(recoveries["default"]) >= 0.65
    assert min(recoveries["default"]) >= 0.5


def test_the_default_treatment_is_far_better_than_the_tutorial(recoveries):
    tutorial = np.mean(recoveries["tutorial"])
    assert tutorial < 0.4
    assert np.mean(recoveries["default"]) >= tutorial + 0.25


@pytest.mark.parametrize("bot_count", BOT_COUNTS)
def test_a_few_bots_hide_no_personas(recoveries, bot_count):
    # Without fences the mean falls to 0.43.
    found = list(recovery("default", SEEDS, bot_count).values())
    np.testing.assert_allclose(found, recoveries["default"], rtol=0, atol=0.04)
    assert np.mean(found) >= np.mean(recoveries["default"]) - 0.01


def test_bots_are_the_same_users_but_for_one_number_each():
    data = mixed_design("A", 1)
    users = with_bots(data, 10, 1).users
    is_other = users.ne(data.users)
    assert is_other.sum(axis=1).value_counts().to_dict() == {0: 990, 1: 10}
    assert is_other[data.numerics].sum().between(1, 2).all()
    assert (users[data.numerics].max() == BOT_VALUE).all()
    assert with_bots(data, 0, 1).users.equals(data.users)


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        ("tutorial", [0.78, 0.62, 0.17, 0.03, 0.10, 0.38, 0.02]),
        ("engagement alone", [0.79, 0.40, 0.03, 0.35, 0.33, 0.40, 0.77]),
    ],
)
def test_the_designs_are_as_hard_as_those_of_the_study(recoveries, treatment, expected):
    np.testing.assert_allclose(recoveries[treatment], expected, rtol=0, atol=0.06)


def test_skewed_designs_are_the_same_users_with_other_engagement():
    plain, skewed, outliers = (mixed_design(name, 1) for name in "BDE")
    assert (plain.truth == skewed.truth).all()
    assert (
        plain.users[plain.numerics].rank().equals(skewed.users[plain.numerics].rank())
    )
    ratio = outliers.users[plain.numerics] / skewed.users[plain.numerics]
    assert (ratio.round(9).isin([1, 20])).all(axis=None)
    assert (ratio.min(axis=1) > 1).sum() == 10
    others = [column for column in plain.users if column not in plain.numerics]
    assert plain.users[others].equals(outliers.users[others])


@pytest.mark.parametrize("name", DESIGNS)
def test_logarithms_are_taken_of_skewed_columns_only(name):
    transforms = mixed_design(name, 1).features.set_index("feature")["transform"]
    expected = "log1p" if name in "DEG" else "none"
    is_engagement = transforms.index.str.startswith("engagement")
    assert (transforms[is_engagement] == expected).all()
    assert (transforms[~is_engagement] == "none").all()


def test_the_table_has_a_row_for_each_design_and_one_for_the_mean():
    lines = treatment_table(seeds=range(1)).splitlines()
    assert lines[0] == (
        "| design | tutorial | engagement alone | default "
        "| default, bots: 1 | default, bots: 5 | default, bots: 10 |"
    )
    assert [line[2] for line in lines[2:]] == [*DESIGNS, "m"]
    by_design = [[float(cell) for cell in line.split("|")[2:-1]] for line in lines[2:]]
    np.testing.assert_allclose(
        np.mean(by_design[:-1], axis=0), by_design[-1], rtol=0, atol=0.01
    )
