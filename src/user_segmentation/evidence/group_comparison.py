"""Whether a segment differs from all other users in what did not form it."""

import numpy as np
from scipy import stats

# A group of one has no deviation.
FEWEST_USERS = 2


def mean_p_values(segments, rests):
    """Welch's t-test of two groups, from their statistics.

    Parameters
    ----------
    segments : array-like of shape (3, test_count)
        Users of the segment, their mean, and the root of their mean squared difference
        from it.
    rests : array-like of shape (3, test_count)
        The same of all other users.

    Returns
    -------
    ndarray of shape (test_count,)
        Two-sided p-values; nan where a group has fewer than two users or neither has
        any deviation.
    """
    counts, _, deviations = statistics = np.stack([segments, rests], axis=1)
    can_test = (counts.min(axis=0) >= FEWEST_USERS) & (deviations.max(axis=0) > 0)
    counts, means, deviations = statistics[:, :, can_test]
    sample_deviations = deviations * np.sqrt(counts / (counts - 1))
    p_values = np.full(can_test.shape, np.nan)
    p_values[can_test] = stats.ttest_ind_from_stats(
        *(means[0], sample_deviations[0], counts[0]),
        *(means[1], sample_deviations[1], counts[1]),
        equal_var=False,
    ).pvalue
    return p_values


def share_p_values(counts, positive_counts, rest_counts, rest_positive_counts):
    """Fisher's exact test of two shares.

    It takes a few milliseconds with a thousand users as with ten million, so that no
    approximation is needed for large counts.

    Parameters
    ----------
    counts, positive_counts : ndarray of shape (test_count,)
        Users of the segment, and those of them who are counted.
    rest_counts, rest_positive_counts : ndarray of shape (test_count,)
        The same of all other users.

    Returns
    -------
    ndarray of shape (test_count,)
        Two-sided p-values.
    """
    return np.array(
        [
            stats.fisher_exact(
                [[positive, count - positive], [other, rest - other]]
            ).pvalue
            for count, positive, rest, other in zip(
                counts, positive_counts, rest_counts, rest_positive_counts, strict=True
            )
        ]
    )


def compare_groups(comparisons):
    """Test every comparison, and correct for the number of tests of an objective.

    Rows of one question in one segment are one test, with one p-value, and count once.

    Parameters
    ----------
    comparisons : DataFrame
        Rows of `held_out_comparisons`.

    Returns
    -------
    DataFrame
        The same rows in the order of objective, segment and subject, with `p_value`
        and `q_value`: the share of false alarms to expect among the tests of the
        objective that are at least as significant. Nan where nothing can be tested.

    References
    ----------
    Welch (1947), Biometrika 34; Fisher (1935), The Design of Experiments; Benjamini and
    Hochberg (1995), Journal of the Royal Statistical Society B 57. All in scipy.stats.
    """
    test = ["objective", "segment_number", "question"]
    rows = comparisons.sort_values([*test, "feature", "attribute", "answer"])
    tests = rows.drop_duplicates(test).reset_index(drop=True)
    is_share = tests["positive_count"].notna().to_numpy()
    sizes = ["user_count", "positive_count", "rest_user_count", "rest_positive_count"]
    shares = tests.loc[is_share, sizes].to_numpy(np.int64)
    numbers = ["user_count", "mean", "standard_deviation"]
    segments = tests.loc[~is_share, numbers].to_numpy(float)
    rests = tests.loc[~is_share, [f"rest_{name}" for name in numbers]].to_numpy(float)
    p_values = np.empty(len(tests))
    p_values[is_share] = share_p_values(*shares.T)
    p_values[~is_share] = mean_p_values(segments.T, rests.T)
    tests["p_value"] = p_values
    tests["q_value"] = tests.groupby("objective")["p_value"].transform(
        adjusted_p_values
    )
    return rows.merge(tests[[*test, "p_value", "q_value"]], on=test, how="left")


def adjusted_p_values(p_values):
    """Benjamini-Hochberg q-values of those that are numbers.

    Parameters
    ----------
    p_values : array-like of shape (test_count,)

    Returns
    -------
    ndarray of shape (test_count,)
        Nan where the p-value is.
    """
    p_values = np.asarray(p_values, dtype=float)
    q_values = np.full(len(p_values), np.nan)
    is_number = ~np.isnan(p_values)
    q_values[is_number] = stats.false_discovery_control(p_values[is_number])
    return q_values
