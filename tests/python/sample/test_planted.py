"""The generators of planted and of structureless data, and their treatment."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.spatial.distance import pdist
from scipy.stats import chisquare, rankdata
from scipy.stats.contingency import association, crosstab
from sklearn.metrics import adjusted_rand_score

from planted import (
    INTEREST_COUNT,
    PERSONA_COUNT,
    correlated_cloud,
    draw_answers,
    draw_interests,
    draw_numbers,
    persona_centers,
    planted,
    shuffled,
    uniform,
)
from treatment import feature_scales, treated
from user_segmentation.training.clustering import fit_segments


def catalog(*rows):
    columns = ["feature", "source", "block", "kind", "transform", "weight"]
    return pd.DataFrame(rows, columns=columns)


def test_a_block_has_the_variance_of_its_weight_before_it_is_clipped():
    # Half the weight for each: deviations of 4, and of 2 after the logarithm, become
    # 0.5.
    users = pd.DataFrame({"hours": [0, 8], "reactions": np.expm1([4, 8])})
    features = catalog(
        ("reactions", "reactions", "engagement", "numeric", "log1p", 0.5),
        ("hours", "hours", "engagement", "numeric", "none", 0.5),
    )
    scales = feature_scales(users, features)
    assert scales["feature"].tolist() == ["hours", "reactions"]
    np.testing.assert_allclose(
        scales[["center", "scale", "clip"]], [[4, 8, 1.5], [6, 4, 1.5]]
    )
    np.testing.assert_allclose(treated(users, features)[0], [[-0.5, -0.5], [0.5, 0.5]])


def test_flags_are_divided_by_the_square_root_of_two_and_numbers_by_their_deviation():
    # Variances of 1/8 and 1: the weight, so that no block factor comes on top. In a
    # block of flags alone the factor would make up for any divisor.
    users = pd.DataFrame({"age": [20, 20, 40, 40], "is_urban": [0, 1, 0, 1]})
    features = catalog(
        ("is_urban", "location", "demographics", "flag", "none", 9 / 8),
        ("age", "age", "demographics", "ordered", "none", 9 / 8),
    )
    scales = feature_scales(users, features)
    np.testing.assert_allclose(scales["scale"], [10, np.sqrt(2)])
    assert treated(users, features)[1] == ["age", "location"]


def test_values_are_clipped_at_three_deviations():
    # 99 zeros and a one lie sqrt(99) deviations apart.
    users = pd.DataFrame({"seconds": [0] * 99 + [1]})
    features = catalog(("seconds", "seconds", "engagement", "numeric", "none", 4))
    matrix, _ = treated(users, features)
    np.testing.assert_allclose(matrix.max(), 3 * 2)
    np.testing.assert_allclose(matrix.min(), -2 / np.sqrt(99))


def test_constant_features_have_no_weight():
    users = pd.DataFrame({"hours": [0, 4], "seconds": 0.1, "is_mobile": 1})
    features = catalog(
        ("hours", "hours", "engagement", "numeric", "none", 1),
        ("seconds", "seconds", "engagement", "numeric", "none", 1),
        ("is_mobile", "device", "devices", "flag", "none", 1),
    )
    scales = feature_scales(users, features).set_index("feature")
    assert scales.loc["hours", ["scale", "clip"]].tolist() == [2, 3]
    constant = scales.loc[["seconds", "is_mobile"], ["scale", "clip"]]
    assert (constant == [1, 0]).all(axis=None)
    matrix, _ = treated(users, features)
    np.testing.assert_array_equal(matrix, [[-1, 0, 0], [1, 0, 0]])


@pytest.mark.parametrize("seed", range(3))
def test_personas_lie_equally_far_apart_and_delta_is_exact(seed):
    centers = persona_centers(np.random.default_rng(seed), 8)
    np.testing.assert_allclose(centers.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(centers.std(axis=0), 1)
    for frame in (centers[:, :4], centers[:, 4:]):
        np.testing.assert_allclose(pdist(frame), np.sqrt(10))


def test_numbers_lie_around_the_centers_with_a_deviation_of_one():
    truth = np.repeat(np.arange(PERSONA_COUNT), 20_000)
    numbers = draw_numbers(np.random.default_rng(1), truth, 1.5, 4)
    personas = pd.DataFrame(numbers).groupby(truth)
    np.testing.assert_allclose(personas.mean().std(ddof=0), 1.5, atol=0.02)
    np.testing.assert_allclose(personas.std(), 1, atol=0.02)


def test_answers_lean_to_personas_only_where_they_are_told_to():
    truth = np.random.default_rng(1).integers(PERSONA_COUNT, size=2000)

    def recovery(delta):
        users, features = draw_answers(
            np.random.default_rng(1), truth, delta, {"income": 6}, {"location": 4}
        )
        assert users["income"].value_counts().between(333, 334).all()
        return adjusted_rand_score(
            truth, fit_segments(treated(users, features)[0], PERSONA_COUNT).labels
        )

    assert recovery(0) == pytest.approx(0, abs=0.01)
    assert recovery(2) > 0.3


def test_each_persona_prefers_three_interests_of_its_own():
    truth = np.repeat(np.arange(PERSONA_COUNT), 5000)
    users, _ = draw_interests(np.random.default_rng(1), truth, 0.6, 0.2)
    shares = users.groupby(truth).mean().to_numpy()
    preferred = shares > 0.4
    assert (preferred.sum(axis=1) == 3).all()
    assert (preferred.sum(axis=0) == 1).all()
    np.testing.assert_allclose(shares, np.where(preferred, 0.6, 0.2), atol=0.03)


def test_personas_are_about_equally_common():
    _, _, truth = planted(1, seed=3)
    sizes = np.bincount(truth, minlength=PERSONA_COUNT)
    assert len(truth) == 1000
    assert chisquare(sizes).pvalue > 0.01


# Expected: the study that set the bounds of the verdict, by another geometry.
@pytest.mark.parametrize(
    ("delta", "expected"),
    [
        (0, 0),
        (0.5, 0.14),
        (0.75, 0.41),
        (1, 0.66),
        (1.25, 0.84),
        (1.5, 0.93),
        (2, 0.99),
    ],
)
def test_personas_are_found_the_better_the_farther_apart_they_are(delta, expected):
    draws = [planted(delta, seed) for seed in range(5)]
    found = [
        adjusted_rand_score(truth, fit_segments(matrix, PERSONA_COUNT).labels)
        for matrix, _, truth in draws
    ]
    assert np.mean(found) == pytest.approx(expected, abs=0.04)


def test_the_seed_decides_every_number():
    first, again, other = planted(1, 7), planted(1, 7), planted(1, 8)
    np.testing.assert_array_equal(first[0], again[0])
    assert not np.array_equal(first[0], other[0])


def dependence(matrix, sources):
    """The largest association (Cramér's V) between columns of different sources.

    Of 1,000 users without structure it is 0.09 to 0.14. No correlation would do:
    columns of planted centroids are uncorrelated and yet depend on each other.
    """
    # Fifths of the users; equal values stay together.
    fifths = np.floor(rankdata(matrix, axis=0) / (len(matrix) + 1) * 5).astype(int)
    return max(
        association(crosstab(fifths[:, one], fifths[:, other]).count)
        for one, other in combinations(range(len(sources)), 2)
        if sources[one] != sources[other]
    )


def test_columns_of_uniform_data_have_nothing_to_do_with_each_other():
    matrix, sources = uniform(1)
    assert sources.count("interests") == INTEREST_COUNT
    assert dependence(matrix, sources) < 0.15


def test_shuffling_keeps_what_is_in_a_source_and_breaks_what_is_between():
    matrix, sources, _ = planted(2, seed=1)
    copy, copied_sources = shuffled(matrix, sources, seed=1)
    assert copied_sources == sources
    assert dependence(matrix, sources) > 0.3
    assert dependence(copy, sources) < 0.15
    assert "location" in sources
    for source in set(sources):
        columns = np.equal(sources, source)
        (rows, counts), (copied_rows, copied_counts) = (
            np.unique(given[:, columns], axis=0, return_counts=True)
            for given in (matrix, copy)
        )
        np.testing.assert_array_equal(rows, copied_rows)
        np.testing.assert_array_equal(counts, copied_counts)


@pytest.mark.parametrize("rho", [0, 0.5, 0.8])
def test_a_cloud_has_its_correlation_everywhere(rho):
    matrix, sources = correlated_cloud(rho, seed=1, user_count=20_000)
    is_apart = np.not_equal.outer(sources, sources)
    np.testing.assert_allclose(np.corrcoef(matrix.T)[is_apart], rho, atol=0.03)
