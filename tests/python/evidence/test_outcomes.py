"""How much of an outcome groups explain: against scipy, statsmodels and known truth."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import f_oneway, ncf
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.oneway import confint_noncentrality

from conftest import green_build, sample_rows, write_profiles
from generate_sample import main as generate_sample
from user_segmentation.evidence.outcomes import explain_outcome, explained_interval

pytestmark = pytest.mark.slow

FEWEST_USERS = 10


def explain(values, labels, fewest_users=FEWEST_USERS):
    return explain_outcome(
        np.array(values, dtype=float), np.array(labels), fewest_users=fewest_users
    )


def unequal_groups(seed=0, differences=(0, 0.3, 1)):
    """Three groups of 20, 50 and 130 users, and their skewed outcomes."""
    generator = np.random.default_rng(seed)
    labels = np.repeat(["a", "b", "c"], [20, 50, 130])
    values = generator.exponential(size=200) + np.repeat(differences, [20, 50, 130])
    return values, labels


@pytest.mark.parametrize("seed", range(3))
def test_the_f_test_is_that_of_scipy_and_statsmodels(seed):
    values, labels = unequal_groups(seed)
    explained = explain(values, labels)
    statistic, p_value = f_oneway(*(values[labels == label] for label in "abc"))
    assert explained["p_value"] == pytest.approx(p_value, rel=1e-9)
    low, high = explained_interval(statistic, 2, 197)
    assert explained["variance_explained_low"] == pytest.approx(low, abs=1e-9)
    assert explained["variance_explained_high"] == pytest.approx(high, abs=1e-9)

    users = pd.DataFrame({"outcome": values, "label": labels})
    fitted = ols("outcome ~ C(label)", users).fit()
    table = anova_lm(fitted)
    share = table["sum_sq"].iloc[0] / table["sum_sq"].sum()
    assert explained["variance_explained"] == pytest.approx(share, rel=1e-9)
    # Epsilon squared is the adjusted R squared of a regression on the groups.
    assert explained["corrected_variance_explained"] == pytest.approx(
        fitted.rsquared_adj, rel=1e-9
    )


def test_shares_of_a_case_worked_by_hand():
    # Means 2 and 5 around 3.5: 6 * 1.5^2 = 13.5 between, 2 + 2 = 4 within; by chance,
    # one degree of freedom takes 4 / 4 = 1. F = 13.5.
    explained = explain([1, 2, 3, 4, 5, 6], list("aaabbb"), fewest_users=3)
    assert explained["user_count"] == 6
    assert explained["group_count"] == 2
    assert explained["variance_explained"] == pytest.approx(13.5 / 17.5)
    assert explained["corrected_variance_explained"] == pytest.approx(12.5 / 17.5)
    assert explained["p_value"] == pytest.approx(0.02131, abs=1e-5)


@pytest.mark.parametrize(
    ("statistic", "freedoms"),
    [
        # Smithson (2001), page 619.
        (6.00, (1, 42)),
        (2.65, (6, 42)),
        (150, (5, 4994)),
        (2000, (5, 994)),
        (9e7, (1, 1)),
        (9e7, (11, 4988)),
    ],
)
def test_intervals_end_where_the_statistic_is_as_rare_as_asked(statistic, freedoms):
    bounds = explained_interval(statistic, *freedoms)
    assert bounds == tuple(sorted(bounds))
    for bound, chance in zip(bounds, (0.975, 0.025), strict=True):
        if bound:
            noncentrality = bound / (1 - bound) * (sum(freedoms) + 1)
            below = ncf.cdf(statistic, *freedoms, noncentrality)
            assert below == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize("freedoms", [(1, 42), (6, 42), (5, 994)])
@pytest.mark.parametrize("statistic", [4, 6, 30])
def test_intervals_are_those_of_statsmodels(statistic, freedoms):
    bounds = np.array(explained_interval(statistic, *freedoms))
    expected = confint_noncentrality(statistic, freedoms, alpha=0.05)
    # Its search ends at the fourth digit.
    np.testing.assert_allclose(
        bounds / (1 - bounds) * (sum(freedoms) + 1), expected, rtol=1e-3
    )


def test_intervals_of_statistics_that_chance_exceeds_start_and_end_at_zero():
    assert explained_interval(0, 4, 995) == (0, 0)
    low, high = explained_interval(1, 4, 995)
    assert low == 0
    assert high > 0
    assert explained_interval(np.inf, 4, 995) == (1, 1)


def test_intervals_hold_the_true_share_as_often_as_they_say():
    # Variances 0.08 between and 1 within.
    means = np.repeat([0.4, 0, 0, -0.4], 25)
    share = means.var() / (means.var() + 1)
    labels = np.repeat(list("abcd"), 25)
    generator = np.random.default_rng(0)
    bounds = [
        (drawn["variance_explained_low"], drawn["variance_explained_high"])
        for drawn in (
            explain(means + generator.normal(size=100), labels) for _ in range(600)
        )
    ]
    is_held = [low <= share <= high for low, high in bounds]
    # Four standard errors.
    assert np.mean(is_held) == pytest.approx(0.95, abs=0.036)


def test_random_labels_explain_nothing_on_average_however_many_there_are():
    generator = np.random.default_rng(1)
    for group_count in (2, 12):
        drawn = pd.DataFrame(
            explain(
                generator.exponential(size=200),
                generator.integers(group_count, size=200),
            )
            for _ in range(400)
        )
        mean, error = drawn["variance_explained"].agg(["mean", "sem"])
        assert mean == pytest.approx((group_count - 1) / 199, abs=4 * error)
        mean, error = drawn["corrected_variance_explained"].agg(["mean", "sem"])
        assert mean == pytest.approx(0, abs=4 * error)
        assert error < 0.003
        # Half of 5%: the interval is two-sided.
        assert (drawn["variance_explained_low"] > 0).mean() == pytest.approx(
            0.025, abs=0.025
        )
        assert (drawn["p_value"] < 0.05).mean() == pytest.approx(0.05, abs=0.04)
        # The best of many groups is no better than all, though it was picked.
        assert (drawn["lift_low"] > 1).mean() <= 0.05


def test_lift_of_a_case_worked_by_hand():
    # Means 3 and 1, of all 2; both variances 2/3 of 4 users, halves of all: the error
    # is 1/2 / 2^2 * root((1^2 + 3^2) * 2/3 / 4) = 0.161374, and the quantile of t with
    # 3 degrees of freedom at 1 - 0.025 / 2 is 4.176535.
    values = [2, 3, 3, 4, 0, 1, 1, 2]
    explained = explain(values, list("bbbbaaaa"), fewest_users=4)
    assert explained["highest_lift_group"] == "b"
    assert explained["highest_lift"] == 1.5
    assert explained["lift_low"] == pytest.approx(1.5 - 0.673983, abs=1e-5)
    assert explained["lift_high"] == pytest.approx(1.5 + 0.673983, abs=1e-5)


def test_intervals_of_the_lift_hold_the_true_one():
    # The third group has a mean of 2, all have 1.65.
    generator = np.random.default_rng(2)
    drawn = pd.DataFrame(
        explain(*unequal_groups(generator.integers(1 << 32))) for _ in range(400)
    )
    (best,) = drawn["highest_lift_group"].unique()
    assert best == "c"
    lift = 2 / np.average([1, 1.3, 2], weights=[20, 50, 130])
    assert drawn["highest_lift"].mean() == pytest.approx(lift, rel=0.01)
    is_held = drawn["lift_low"].le(lift) & drawn["lift_high"].ge(lift)
    assert is_held.mean() >= 0.95


@pytest.mark.parametrize("sizes", [[9, 50, 41], [50, 41, 9]])
def test_groups_of_few_users_have_no_lift(sizes):
    values = np.repeat([5.0, 1, 2], sizes) + np.arange(100) % 2
    labels = np.repeat(list("abc"), sizes)
    explained = explain(values, labels)
    assert explained["highest_lift_group"] == ("c" if sizes[0] == 9 else "a")


def test_a_mean_that_tells_of_the_few_others_is_not_shown():
    values = np.repeat([5.0, 1], [91, 9]) + np.arange(100) % 2
    explained = explain(values, np.repeat(list("ab"), [91, 9]))
    assert explained["highest_lift"] is None
    assert explained["highest_lift_group"] is None
    assert explained["variance_explained"] > 0.5


# The mean of a thousand times 0.1 is not 0.1.
@pytest.mark.parametrize("value", [0, 0.1, 1 / 3])
def test_an_outcome_that_all_users_share_is_not_explained(value):
    explained = explain(np.full(1000, value), np.arange(1000) % 5)
    assert explained["variance_explained"] == 0
    assert explained["p_value"] is None
    assert explained["variance_explained_low"] is None
    assert explained["highest_lift"] == (pytest.approx(1) if value else None)


@pytest.mark.parametrize(
    ("labels", "share"), [(["a"] * 6, 0), (list("abcdef"), 1)], ids=["one", "alone"]
)
def test_one_group_and_groups_of_one_cannot_be_tested(labels, share):
    explained = explain([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], labels, fewest_users=1)
    assert explained["variance_explained"] == share
    assert explained["corrected_variance_explained"] is None
    assert explained["p_value"] is None
    assert explained["highest_lift"] is None


def test_groups_that_tell_all_explain_all():
    explained = explain([0.1] * 50 + [0.7] * 50, ["a"] * 50 + ["b"] * 50)
    assert explained["variance_explained"] == pytest.approx(1)
    assert explained["variance_explained_low"] == 1
    assert explained["p_value"] == 0
    assert explained["lift_low"] == pytest.approx(explained["highest_lift"])


def test_segments_of_the_sample_beat_the_baselines(sample_build):
    outcomes = sample_build.query("from marts.segment_outcomes")
    segments = outcomes[outcomes["grouping"] == "segments"]
    assert segments["beats_baselines"].all()
    assert (segments["lift_low"] > 1).all()
    random = outcomes[outcomes["grouping"] == "random_labels"]
    assert (random["variance_explained"] < 0.02).all()
    # Click-through rates and purchases formed segments that they would judge.
    assert set(outcomes["objective"] + " " + outcomes["outcome"]) == {
        "personalized_marketing conversion_rate",
        "personalized_marketing net_revenue",
        "product_recommendation conversion_rate",
        "product_recommendation click_to_conversion_rate",
        "customer_service conversion_rate",
        "customer_service click_to_conversion_rate",
        "customer_service ad_interaction_seconds",
        "customer_service net_revenue",
    }


def label_sizes(build, column):
    """The sorted sizes of the groups of each objective."""
    rows = build.query(
        f"""
        select objective, outcome, {column}, count(*) as user_count
        from segmentation.outcome_sample
        group by all
        order by objective, outcome, user_count
        """
    )
    return rows[["objective", "outcome", "user_count"]].to_numpy().tolist()


def test_random_labels_have_the_sizes_of_the_segments(sample_build):
    sizes = label_sizes(sample_build, "random_labels")
    assert sizes == label_sizes(sample_build, "segments")
    independent = sample_build.query(
        """
        select distinct objective, user_id, segments, random_labels
        from segmentation.outcome_sample
        """
    )
    for _, users in independent.groupby("objective"):
        counts = pd.crosstab(users["segments"], users["random_labels"])
        assert (counts > 0).to_numpy().all()


def shuffled_columns(rows):
    """Users whose every answer is that of some other user."""
    generator = np.random.default_rng(0)
    users = pd.DataFrame(rows)
    for column in users.columns.drop("User ID"):
        users[column] = generator.permutation(users[column])
    return users.to_dict("records")


@pytest.fixture(scope="module")
def structureless_build(tmp_path_factory):
    folder = tmp_path_factory.mktemp("structureless")
    rows = shuffled_columns(sample_rows())
    return green_build(folder, user_profiles=write_profiles(folder / "users.csv", rows))


def test_segments_without_structure_do_not_beat_the_baselines(structureless_build):
    outcomes = structureless_build.query("from marts.segment_outcomes")
    assert outcomes["variance_explained"].max() < 0.05
    assert not outcomes["beats_baselines"].dropna().any()
    assert outcomes["beats_baselines"].notna().sum() == 6


@pytest.mark.chaos
def test_no_more_than_5000_users_are_compared(tmp_path):
    file = tmp_path / "users.csv"
    generate_sample(["--users", "6000", "--output", str(file)])
    build = green_build(tmp_path, user_profiles=str(file))
    outcomes = build.query("from marts.segment_outcomes")
    assert (outcomes["user_count"] == 5000).all()
    sizes = label_sizes(build, "random_labels")
    assert sizes == label_sizes(build, "segments")
