"""Tests of what did not form the segments, against the users and other libraries."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from user_segmentation.evidence.group_comparison import (
    adjusted_p_values,
    compare_groups,
    mean_p_values,
    share_p_values,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def users(sample_build):
    """Features, answers and segments of all users, a row per objective and user.

    What lies beyond its fences is moved to them.
    """
    rows = sample_build.query(
        """
        select * from segmentation.user_segments
        inner join features.user_features using (user_id)
        inner join staging.stg_users using (user_id)
        order by objective, user_id
        """
    )
    fences = sample_build.query("from segmentation.feature_fences").set_index("feature")
    features = rows[fences.index].astype(float)
    fenced = features.clip(fences["lower_fence"], fences["upper_fence"], axis=1)
    assert not fenced.equals(features)
    return rows.assign(**fenced)


@pytest.fixture(scope="module")
def tests(sample_build):
    """What was compared, and what came out."""
    return sample_build.query(
        """
        select * from segmentation.held_out_comparisons as comparisons
        inner join segmentation.held_out_tests as tests
            on comparisons.objective = tests.objective
            and comparisons.segment_number = tests.segment_number
            and comparisons.feature is not distinct from tests.feature
            and comparisons.attribute is not distinct from tests.attribute
            and comparisons.answer is not distinct from tests.answer
        """
    )


def groups(users, test):
    """The users of a segment, and all others."""
    own = users[users["objective"] == test.objective]
    is_inside = own["segment_number"] == test.segment_number
    return own[is_inside], own[~is_inside]


def test_every_mean_is_compared_as_if_the_users_were_at_hand(users, tests):
    numbers = tests[tests["mean"].notna()]
    assert len(numbers) > 50
    for test in numbers.itertuples():
        inside, outside = groups(users, test)
        expected = stats.ttest_ind(
            inside[test.feature],
            outside[test.feature],
            equal_var=False,
            nan_policy="omit",
        )
        assert test.p_value == pytest.approx(expected.pvalue, rel=1e-6)


def test_every_share_is_compared_as_if_the_users_were_at_hand(users, tests):
    shares = tests[tests["positive_count"].notna()]
    assert len(shares) > 300
    for test in shares.itertuples():
        counts = []
        for group in groups(users, test):
            if isinstance(test.feature, str):
                has_it = group[test.feature] == 1
            elif test.attribute == "top_interests":
                has_it = [
                    test.answer in named
                    for named in group["top_interests"].str.split(", ")
                ]
            else:
                has_it = group[test.attribute] == test.answer
            counts.append([np.sum(has_it), len(group) - np.sum(has_it)])
        expected = stats.fisher_exact(counts).pvalue
        assert test.p_value == pytest.approx(expected, rel=1e-9)


def test_nothing_that_formed_the_segments_is_tested(sample_build):
    tested = sample_build.query(
        """
        select is_outside_basis, count(*) as row_count, count(p_value) as test_count
        from (
            select is_outside_basis, p_value from marts.segment_traits
            where not is_suppressed
            union all
            select is_outside_basis, p_value from marts.segment_answers
            where not is_suppressed
            union all
            select is_outside_basis, p_value from marts.segment_list_items
            where not is_suppressed
        )
        group by all order by is_outside_basis
        """
    )
    assert tested["is_outside_basis"].tolist() == [False, True]
    assert (tested["row_count"] > 100).all()
    assert tested["test_count"].tolist() == [0, tested["row_count"][1]]


def test_no_hidden_cell_has_a_test(sample_build):
    hidden = sample_build.query(
        """
        select count(*) as cell_count, count(p_value), count(q_value)
        from (
            select * from marts.segment_answers
            union all by name
            select * from marts.segment_list_items
        )
        where is_suppressed
        """
    )
    cell_count, *test_counts = hidden.to_numpy()[0]
    assert cell_count > 50
    assert test_counts == [0, 0]


def test_all_tests_of_an_objective_are_corrected_together(tests):
    for _, own in tests.groupby("objective"):
        once = own.drop_duplicates(["segment_number", "question"])
        assert len(once) < len(own)
        expected = multipletests(once["p_value"], method="fdr_bh")[1]
        assert once["q_value"].to_numpy() == pytest.approx(expected, rel=1e-12)


def test_a_flag_has_the_test_of_the_answer_that_it_stands_for(tests):
    women = tests[
        (tests["feature"] == "is_female") | (tests["attribute"] == "gender")
    ].groupby(["objective", "segment_number"])
    assert (women.size() == 3).all()
    assert (women["p_value"].nunique() == 1).all()
    assert (women["q_value"].nunique() == 1).all()


def test_the_correction_is_that_of_a_case_worked_by_hand():
    # Sorted: 0.01 * 4/1, 0.02 * 4/2, 0.03 * 4/3, 0.5 * 4/4; none above a later one.
    q_values = adjusted_p_values([0.5, 0.02, np.nan, 0.03, 0.01])
    assert q_values == pytest.approx([0.5, 0.04, np.nan, 0.04, 0.04], nan_ok=True)


def test_what_cannot_be_tested_takes_no_part():
    numbers = np.array([[1, 2.0, 0], [5, 2.0, 0], [5, 2.0, 1.0]])
    rest = np.array([[9, 3.0, 1.0], [9, 3.0, 0], [9, 3.0, 0]])
    p_values = mean_p_values(numbers.T, rest.T)
    assert np.isnan(p_values).tolist() == [True, True, False]


def test_an_empty_table_gives_an_empty_table(sample_build):
    nothing = sample_build.query("from segmentation.held_out_comparisons limit 0")
    assert compare_groups(nothing).empty


def test_shares_of_millions_of_users_are_compared_exactly():
    # As many as the chi-square test needs to agree with Fisher's to a few percent.
    ((positive, other),) = [(300_900, 1_200_000)]
    table = [[positive, 700_000], [other, 2_800_000]]
    p_value = share_p_values(
        [positive + 700_000], [positive], [other + 2_800_000], [other]
    )
    expected = stats.chi2_contingency(table, correction=False).pvalue
    assert p_value == pytest.approx(expected, rel=0.01)


def test_deviations_are_those_of_the_users(sample_build, users):
    statistics = sample_build.query("from segmentation.segment_statistics")
    for row in statistics.itertuples():
        inside, _ = groups(users, row)
        deviation = inside[row.feature].std(ddof=0)
        assert row.standard_deviation == pytest.approx(deviation, rel=1e-9, abs=1e-12)


def test_intervals_are_those_of_statsmodels_and_of_the_standard_error(
    sample_build, users
):
    flags = sample_build.query(
        "select feature from segmentation.feature_catalog where kind = 'flag'"
    )["feature"].tolist()
    shown = sample_build.query("from marts.segment_traits where not is_suppressed")
    for row in shown.itertuples():
        inside, _ = groups(users, row)
        values = inside[row.feature].dropna()
        if row.feature in flags:
            low, high = proportion_confint(values.sum(), len(values), method="wilson")
        else:
            low, high = values.mean() + np.array([-1.96, 1.96]) * values.sem()
        assert (row.mean_low, row.mean_high) == pytest.approx((low, high), abs=1e-9)


def comparisons_of(segments, numbers, flags):
    """What the models would compare, with nothing known of the objective."""
    rows = []
    for segment in np.unique(segments):
        is_inside = segments == segment
        sizes = {
            "objective": "marketing",
            "segment_number": segment,
            "user_count": is_inside.sum(),
            "rest_user_count": (~is_inside).sum(),
        }
        rows += [
            {
                **sizes,
                "feature": name,
                "mean": values[is_inside].mean(),
                "standard_deviation": values[is_inside].std(),
                "rest_mean": values[~is_inside].mean(),
                "rest_standard_deviation": values[~is_inside].std(),
            }
            for name, values in numbers.items()
        ]
        rows += [
            {
                **sizes,
                "feature": name,
                "positive_count": values[is_inside].sum(),
                "rest_positive_count": values[~is_inside].sum(),
            }
            for name, values in flags.items()
        ]
    frame = pd.DataFrame(rows).assign(attribute=None, answer=None)
    return frame.assign(question=frame["feature"])


def test_shuffled_columns_are_found_different_as_often_as_chance_allows(users):
    own = users[users["objective"] == "personalized_marketing"]
    segments = own["segment_number"].to_numpy()
    generator = np.random.default_rng(0)
    means, shares, alarms = [], [], 0
    for _ in range(40):
        order = generator.permutation(len(own))
        shuffled = own.iloc[order]
        found = compare_groups(
            comparisons_of(
                segments,
                {
                    name: shuffled[name].to_numpy(float)
                    for name in ("conversion_rate", "age_years")
                },
                {
                    name: shuffled[name].to_numpy(int)
                    for name in ("is_female", "is_mobile_user", "is_tablet_user")
                },
            )
        )
        is_share = found["positive_count"].notna()
        shares += found.loc[is_share, "p_value"].tolist()
        means += found.loc[~is_share, "p_value"].tolist()
        alarms += (found["q_value"] < 0.05).any()
    assert np.mean(np.array(means) < 0.05) == pytest.approx(0.05, abs=0.02)
    # Counts are whole numbers: Fisher's test rejects a little less often than it may.
    assert 0.02 <= np.mean(np.array(shares) < 0.05) <= 0.06
    # Five percent of the shuffles, and what chance adds in 40 of them.
    assert alarms <= 5
