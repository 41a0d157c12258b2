"""Other ways to make segments, and what they are compared by."""

import numpy as np
import pandas as pd
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.stats import f_oneway
from sklearn.metrics import adjusted_rand_score

from conftest import ROOT
from planted import planted
from user_segmentation.engines.sql_functions import Functions
from user_segmentation.evidence.count_evidence import Score
from user_segmentation.evidence.outcomes import variance_explained
from user_segmentation.evidence.technique_comparison import compare_techniques
from user_segmentation.training.clustering import (
    fit_segments,
    nearest_segments,
    segments_of,
)
from user_segmentation.training.techniques import (
    MOST_USERS,
    TECHNIQUES,
    engagement_tiers,
    ward,
)

MATRIX, SOURCES, TRUTH = planted(2, seed=1)


def test_an_objective_can_be_given_every_technique_and_no_other():
    problem = Functions(ROOT).technique_problem
    assert not any(problem(technique) for technique in TECHNIQUES)
    assert problem("magic") == (
        "technique is magic; it can be kmeans, bisecting_kmeans, gaussian_mixture, "
        "ward, which are listed in src/user_segmentation/training/techniques.py."
    )


def test_segments_of_a_partition_are_its_groups_the_largest_first():
    matrix = np.array([[0.0], [2], [10], [4]])
    segments = segments_of(matrix, np.array([7, 7, 3, 7]))
    assert segments.centroids.tolist() == [[2], [10]]
    assert segments.labels.tolist() == [0, 0, 1, 0]
    assert segments.inertia == 8


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_each_technique_finds_planted_groups(technique):
    segments = TECHNIQUES[technique](MATRIX, 5)
    assert adjusted_rand_score(TRUTH, segments.labels) > 0.9
    assert (np.diff(np.bincount(segments.labels)) <= 0).all()
    again = TECHNIQUES[technique](MATRIX, 5)
    np.testing.assert_array_equal(segments.centroids, again.centroids)


def test_ward_is_that_of_scipy_but_for_users_who_are_nearer_to_another_mean():
    expected = fcluster(linkage(MATRIX, "ward"), 5, "maxclust")
    moved = nearest_segments(MATRIX, segments_of(MATRIX, expected).centroids)
    assert adjusted_rand_score(moved, ward(MATRIX, 5).labels) == pytest.approx(1)


def test_techniques_that_need_much_memory_see_some_users_and_place_all():
    matrix = np.tile(MATRIX, (6, 1))
    assert len(matrix) > MOST_USERS
    segments = ward(matrix, 5)
    assert len(segments.labels) == len(matrix)
    assert adjusted_rand_score(np.tile(TRUTH, 6), segments.labels) > 0.9


def test_tiers_are_quarters_by_the_sum_of_engagement():
    matrix = np.array([[0.0, 9], [3, 0], [2, 5], [1, 7]]).repeat(5, axis=0)
    segments = engagement_tiers(np.array([True, False]))(matrix, 7)
    assert np.bincount(segments.labels).tolist() == [5, 5, 5, 5]
    order = segments.centroids[segments.labels][:, 0]
    np.testing.assert_array_equal(order, matrix[:, 0])


def test_without_engagement_or_outcome_nothing_is_said_of_them():
    scales = pd.DataFrame({"source": list("abc"), "block": "numbers"})
    score = Score(2, 1, 0.2, worst_jaccard=1, gain=1, p_value=0.01)
    rows = compare_techniques(MATRIX[::10, :3], scales, None, score, "kmeans")
    assert [row["technique"] for row in rows] == list(TECHNIQUES)
    assert {row["outcome_variance_explained"] for row in rows} == {None}


def test_variance_explained_is_that_of_an_analysis_of_variance():
    values = np.random.default_rng(0).normal(size=len(TRUTH)) + TRUTH
    statistic = f_oneway(*(values[group == TRUTH] for group in range(5))).statistic
    expected = statistic * 4 / (statistic * 4 + len(TRUTH) - 5)
    assert variance_explained(values, TRUTH) == pytest.approx(expected)
    assert variance_explained(np.ones(len(TRUTH)), TRUTH) == 0


def test_all_techniques_are_judged_by_the_same_evidence():
    is_number = np.char.startswith(SOURCES, "number")
    scales = pd.DataFrame(
        {"source": SOURCES, "block": np.where(is_number, "engagement", "demographics")}
    )
    score = Score(5, 1, 0.2, worst_jaccard=0.8, gain=0.4, p_value=0.01)
    rows = compare_techniques(MATRIX, scales, TRUTH, score, "kmeans")
    by_technique = {row["technique"]: row for row in rows}
    assert list(by_technique) == [*TECHNIQUES, "engagement_tiers"]
    assert by_technique["kmeans"]["is_used"]
    assert by_technique["kmeans"]["agreement"] == 1
    assert by_technique["engagement_tiers"]["segment_count"] == 4
    labels = fit_segments(MATRIX, 5).labels
    for row in rows[1:-1]:
        assert row["gain"] > by_technique["engagement_tiers"]["gain"]
        assert row["agreement"] > 0.9
        assert row["worst_jaccard"] > 0.8
    # What decides is taken over, and nothing else has a p-value.
    evidence = ("worst_jaccard", "gain", "p_value")
    assert [by_technique["kmeans"][piece] for piece in evidence] == [0.8, 0.4, 0.01]
    assert {row["p_value"] for row in rows[1:]} == {None}
    assert by_technique["kmeans"]["outcome_variance_explained"] == pytest.approx(
        variance_explained(TRUTH, labels)
    )
