"""What is not known of a user weighs nothing."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score
from sklearn.metrics.pairwise import nan_euclidean_distances

from user_segmentation.evidence.null_test import shuffled_copies_test
from user_segmentation.evidence.separation import border_density
from user_segmentation.evidence.single_columns import dip_p_value
from user_segmentation.training.clustering import (
    fit_segments,
    nearest_segments,
    segments_of,
)
from user_segmentation.training.known import (
    known_means,
    squared_distances,
    total_inertia,
)
from user_segmentation.training.techniques import TECHNIQUES

UNKNOWN_SHARE = 0.3


@pytest.fixture
def planted():
    """600 users around three centres, with three in ten numbers taken away."""
    generator = np.random.default_rng(3)
    truth = np.repeat(range(3), [300, 200, 100])
    centres = 3 * generator.normal(size=(3, 6))
    matrix = centres[truth] + generator.normal(size=(600, 6))
    matrix -= matrix.mean(axis=0)
    matrix[generator.random(matrix.shape) < UNKNOWN_SHARE] = np.nan
    return matrix, truth


def test_distances_are_those_of_scikit_learn_without_what_it_makes_up(planted):
    matrix, _ = planted
    centroid = np.arange(6.0)
    known_shares = np.mean(~np.isnan(matrix), axis=1)
    expected = nan_euclidean_distances(matrix, [centroid], squared=True)[:, 0]
    is_known = known_shares > 0
    np.testing.assert_allclose(
        squared_distances(matrix, centroid)[is_known],
        (expected * known_shares)[is_known],
    )
    assert squared_distances(np.full((1, 6), np.nan), centroid) == 0


def test_a_case_worked_by_hand():
    matrix = np.array([[0.0, np.nan], [2, 4], [np.nan, np.nan]])
    assert known_means(matrix).tolist() == [1, 4]
    assert known_means(matrix[2:]).tolist() == [0, 0]
    assert squared_distances(matrix, np.array([1.0, 1])).tolist() == [1, 10, 0]
    assert total_inertia(matrix) == 2
    # The first is as near to either in what is known, and goes to the first.
    assert nearest_segments(matrix, np.array([[1.0, 9], [1, 3]])).tolist() == [0, 1, 0]


def test_a_fit_has_centroids_at_the_means_of_what_is_known(planted):
    matrix, truth = planted
    segments = fit_segments(matrix, 3)
    assert adjusted_rand_score(truth, segments.labels) > 0.9
    for number, centroid in enumerate(segments.centroids):
        expected = np.nanmean(matrix[segments.labels == number], axis=0)
        np.testing.assert_allclose(centroid, expected)
    nearest = nearest_segments(matrix, segments.centroids)
    np.testing.assert_array_equal(nearest, segments.labels)
    assert segments.inertia == pytest.approx(
        np.nansum((matrix - segments.centroids[segments.labels]) ** 2)
    )


def test_a_warm_start_goes_on_from_where_it_was(planted):
    matrix, _ = planted
    segments = fit_segments(matrix, 3)
    again = fit_segments(matrix, 3, initial_centroids=segments.centroids)
    np.testing.assert_array_equal(again.labels, segments.labels)


def test_no_segment_is_left_without_users(planted):
    matrix, _ = planted
    # Nobody is near the last of them.
    start = np.vstack([fit_segments(matrix, 3).centroids, np.full(6, 99.0)])
    segments = fit_segments(matrix, 4, initial_centroids=start)
    assert np.bincount(segments.labels, minlength=4).min() > 0


@pytest.mark.parametrize("technique", sorted(TECHNIQUES))
def test_every_technique_finds_what_was_planted(planted, technique):
    matrix, truth = planted
    found = TECHNIQUES[technique](matrix, 3)
    assert adjusted_rand_score(truth, found.labels) > 0.85
    assert not np.isnan(found.centroids).any()


def test_what_is_known_of_nobody_in_a_segment_is_at_the_mean_of_all_users():
    matrix = np.array([[0.0, np.nan], [0, np.nan], [9, 5]])
    assert segments_of(matrix, [0, 0, 1]).centroids.tolist() == [[0, 0], [9, 5]]


def test_a_user_of_whom_little_is_known_is_on_the_side_that_is_known():
    matrix = np.array([[-1.0, -1]] * 5 + [[1.0, 1]] * 5 + [[-1, np.nan]])
    segments = segments_of(matrix, [0] * 5 + [1] * 5 + [0])
    # The last one stands halfway between the border and the centre.
    assert border_density(matrix, segments) == 0


def test_users_without_structure_show_none_where_things_are_not_known():
    generator = np.random.default_rng(11)
    matrix = generator.normal(size=(400, 5))
    # Two sources, each known of a half of the users or not at all.
    matrix[generator.random(400) < 0.5, :2] = np.nan
    matrix[generator.random(400) < 0.5, 2:4] = np.nan
    sources = ["a", "a", "b", "b", "c"]
    found = shuffled_copies_test(matrix, sources, fit_segments(matrix, 3))
    assert not found.shows_structure


def test_peaks_are_looked_for_in_what_is_known():
    values = np.random.default_rng(0).normal(size=200)
    known = dip_p_value(values)
    assert dip_p_value(np.concatenate([values, [np.nan] * 50])) == known
