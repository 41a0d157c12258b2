"""Stability, the shuffled copies and the number of segments that they lead to."""

import numpy as np
import pytest

from clustering import SEED, Segments, fit_segments
from null_test import exists, shuffled_copies_test
from segment_counts import CONFIGURED, FALLBACK, FOUND, score_segment_counts
from stability import DRAWS, best_jaccard, worst_jaccard

SOURCES = ["a", "b", "c", "d"]


def planted(segment_count, distance, seed=3):
    """600 users around centres so many standard deviations apart."""
    generator = np.random.default_rng(seed)
    centers = distance * generator.permutation(np.eye(4))[:segment_count]
    return np.repeat(centers, 600 // segment_count, axis=0) + generator.normal(
        size=(600 // segment_count * segment_count, 4)
    )


def noise(seed=3):
    return np.random.default_rng(seed).uniform(size=(1000, 4))


def test_jaccard_of_a_hand_worked_case():
    # Segment 0 = {0,1,2}, segment 1 = {3,4,5}; the others are {0,1} and {2,3,4,5}.
    labels = np.array([0, 0, 0, 1, 1, 1])
    other = np.array([1, 1, 0, 0, 0, 0])
    np.testing.assert_allclose(best_jaccard(labels, other), [2 / 3, 3 / 4])


def test_jaccard_of_a_segment_that_was_not_drawn_is_zero():
    labels, other = np.array([0, 0, 2]), np.array([0, 0, 1])
    np.testing.assert_allclose(best_jaccard(labels, other), [1, 0, 1])


def test_separate_groups_come_back_and_slices_of_noise_do_not():
    groups, cloud = planted(4, 10), noise()
    assert worst_jaccard(groups, fit_segments(groups, 4)) > 0.99
    assert worst_jaccard(cloud, fit_segments(cloud, 7)) < 0.6


def test_groups_are_tighter_than_in_shuffled_copies():
    matrix = planted(4, 5)
    gain, p_value = shuffled_copies_test(matrix, SOURCES, fit_segments(matrix, 4))
    assert gain > 0.2
    assert p_value == pytest.approx(1 / 20)
    assert exists(gain, p_value)


def test_noise_is_not_tighter_than_in_shuffled_copies():
    found = [
        exists(*shuffled_copies_test(matrix, SOURCES, fit_segments(matrix, 4)))
        for matrix in (noise(seed) for seed in range(20))
    ]
    assert not any(found)


def test_columns_of_one_source_are_shuffled_together():
    # Two columns that are nearly equal: structure, unless they are one answer.
    column = np.repeat([0.0, 1, 2], 100)
    blur = np.random.default_rng(0).normal(scale=0.1, size=(300, 2))
    matrix = np.column_stack([column, column]) + blur
    segments = fit_segments(matrix, 3)
    apart, _ = shuffled_copies_test(matrix, ["a", "b"], segments)
    together, p_value = shuffled_copies_test(matrix, ["a", "a"], segments)
    assert apart > 0.5
    assert together == pytest.approx(0)
    assert p_value > 0.05


# From seed 3, the inertias that rounding leaves look like a gain of 0.18.
@pytest.mark.parametrize("seed", range(5))
def test_users_who_are_all_on_their_centroids_show_no_gain(seed):
    kinds = np.random.default_rng(seed).normal(size=(6, 4))
    matrix = np.repeat(kinds, 5, axis=0)
    result = shuffled_copies_test(matrix, ["a"] * 4, fit_segments(matrix, 6))
    assert result == (0, 1)


def test_copies_with_fewer_different_users_than_segments_are_as_tight_as_can_be():
    # Four kinds in the data; a copy has four too, or only (0, 0) and (1, 1).
    matrix = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    segments = fit_segments(matrix, 4)
    assert shuffled_copies_test(matrix, ["a", "b"], segments) == (0, 1)


def test_a_draw_with_fewer_different_users_than_segments_finds_none_again():
    # Both users are drawn in half of all draws; then both segments come back.
    matrix = np.array([[0.0], [1]])
    drawn = np.random.default_rng(SEED).integers(2, size=(DRAWS, 2))
    share = np.mean(drawn[:, 0] != drawn[:, 1])
    assert 0 < share < 1
    assert worst_jaccard(matrix, fit_segments(matrix, 2)) == pytest.approx(share)


def test_a_gain_too_small_to_matter_is_no_structure():
    assert not exists(gain=0.019, p_value=1 / 20)
    assert not exists(gain=0.5, p_value=2 / 20)
    assert exists(gain=0.02, p_value=1 / 20)


def choice(matrix, segment_count="auto"):
    scores = score_segment_counts(matrix, SOURCES, segment_count, 5)
    (chosen,) = [score for score in scores if score.is_chosen]
    return chosen


@pytest.mark.parametrize("segment_count", [3, 4])
def test_auto_finds_the_number_of_planted_groups(segment_count):
    chosen = choice(planted(segment_count, 8))
    assert (chosen.segment_count, chosen.reason) == (segment_count, FOUND)


@pytest.mark.parametrize("seed", range(3))
def test_auto_falls_back_on_noise_and_says_so(seed):
    chosen = choice(noise(seed))
    assert (chosen.segment_count, chosen.reason) == (5, FALLBACK)
    assert not exists(chosen.gain, chosen.p_value)


def test_a_configured_number_is_taken_and_still_comes_with_its_evidence():
    chosen = choice(noise(), "7")
    assert (chosen.segment_count, chosen.reason) == (7, CONFIGURED)
    assert None not in (chosen.worst_jaccard, chosen.gain, chosen.p_value)


# Draws and shuffled copies of so few users often have fewer different ones than
# segments.
@pytest.mark.parametrize("kind_count", [5, 6, 8])
@pytest.mark.parametrize("user_count", [8, 12])
def test_few_users_get_segments_and_their_evidence(user_count, kind_count):
    kinds = np.random.default_rng(kind_count).normal(size=(kind_count, 4))
    chosen = choice(kinds[np.arange(user_count) % kind_count])
    assert 2 <= chosen.segment_count <= kind_count
    assert 0 <= chosen.worst_jaccard <= 1
    assert chosen.gain <= 1
    assert 1 / 20 <= chosen.p_value <= 1


@pytest.fixture
def refits(monkeypatch):
    """Count the fits that `worst_jaccard` makes."""
    calls = []

    def counted(*arguments):
        calls.append(arguments)
        return fit_segments(*arguments)

    monkeypatch.setattr("stability.fit_segments", counted)
    return calls


@pytest.mark.parametrize(
    ("matrix", "segment_count", "may_give_up", "draws"),
    [
        (planted(4, 8), 4, True, 25),
        (planted(4, 8), 4, False, 25),
        (noise(), 7, True, 5),
        (noise(), 7, False, 25),
    ],
)
def test_draws_end_early_only_where_allowed_and_plain(
    refits, matrix, segment_count, may_give_up, draws
):
    segments = fit_segments(matrix, segment_count)
    worst_jaccard(matrix, segments, may_give_up=may_give_up)
    assert len(refits) == draws


def test_segments_drawn_by_lot_are_as_unstable_as_they_must_be():
    matrix = noise()
    segments = fit_segments(matrix, 2)
    random_labels = np.random.default_rng(0).integers(2, size=len(matrix))
    hopeless = Segments(segments.centroids, random_labels, segments.inertia)
    # Two halves drawn by lot share a third with any half.
    assert worst_jaccard(matrix, hopeless) == pytest.approx(1 / 3, abs=0.05)
