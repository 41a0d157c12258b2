"""Stability, the shuffled copies and the number of segments that they lead to."""

import numpy as np
import pytest
from sklearn.metrics import (
    calinski_harabasz_score,
    davies_bouldin_score,
    silhouette_score,
)

from conftest import ROOT
from user_segmentation.evidence import count_evidence, null_test
from user_segmentation.evidence.asked_counts import (
    ALL_ONE,
    CONFIGURED,
    FALLBACK,
    FOUND,
    KEPT,
    UNPREDICTABLE,
    Asked,
)
from user_segmentation.evidence.count_evidence import Score
from user_segmentation.evidence.null_test import (
    COPIES,
    COPIES_BESIDE,
    FEWEST_COPIES,
    GROUP_COPIES,
    SMALLEST_GAIN,
    SMALLEST_GROUP_GAIN,
    NullTest,
    groups_test,
    shuffled_copies_test,
    structure_test,
)
from user_segmentation.evidence.prediction_strength import (
    PREDICTIVE_STRENGTH,
    prediction_strength,
    shared_pairs,
)
from user_segmentation.evidence.segment_counts import close_call, score_segment_counts
from user_segmentation.evidence.separation import border_densities, border_density
from user_segmentation.evidence.single_columns import dip_p_value
from user_segmentation.evidence.stability import (
    DRAWS,
    STABLE_JACCARD,
    best_jaccard,
    segment_jaccards,
)
from user_segmentation.evidence.verdict import MODERATE_GAIN, MOST_AT_BORDER, verdict
from user_segmentation.training.clustering import SEED, Segments, fit_segments

SOURCES = ["a", "b", "c", "d"]


def planted(segment_count, distance, seed=3):
    """600 users around centres so many standard deviations apart."""
    generator = np.random.default_rng(seed)
    centers = distance * generator.permutation(np.eye(4))[:segment_count]
    return np.repeat(centers, 600 // segment_count, axis=0) + generator.normal(
        size=(600 // segment_count * segment_count, 4)
    )


def long_groups():
    """Three groups of which halves come back in draws, and beat shuffled data."""
    generator = np.random.default_rng(0)
    centers = np.array([[0, 0, 0, 0], [0, 8, 0, 0], [0, 4, 8, 0]])
    within = generator.normal(size=(900, 4)) * [4, 1, 0.5, 0.5]
    return np.repeat(centers, 300, axis=0) + within


def noise(seed=3):
    return np.random.default_rng(seed).uniform(size=(1000, 4))


def worst_jaccard(*arguments, **options):
    return segment_jaccards(*arguments, **options).min()


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


def test_groups_are_tighter_than_in_all_shuffled_copies():
    matrix = planted(4, 5)
    found = shuffled_copies_test(matrix, SOURCES, fit_segments(matrix, 4))
    assert found.gain > 0.2
    assert found.copy_count == COPIES == 99
    assert found.p_value == pytest.approx(1 / 100)
    assert found.shows_structure


def test_noise_is_not_tighter_than_in_shuffled_copies():
    for seed in range(20):
        matrix = noise(seed)
        found = shuffled_copies_test(matrix, SOURCES, fit_segments(matrix, 4))
        assert not found.shows_structure
        # It stops at the first copy that is as tight, and not before 19 of them.
        assert FEWEST_COPIES <= found.copy_count <= COPIES
        assert found.copy_count == FEWEST_COPIES or found.p_value == pytest.approx(
            2 / (1 + found.copy_count)
        )


def test_fewer_copies_never_show_structure():
    matrix = planted(4, 5)
    found = shuffled_copies_test(
        matrix, SOURCES, fit_segments(matrix, 4), most_copies=FEWEST_COPIES
    )
    assert found.p_value == pytest.approx(1 / 20)
    assert not found.shows_structure


def test_columns_of_one_source_are_shuffled_together():
    # Two columns that are nearly equal: structure, unless they are one answer.
    column = np.repeat([0.0, 1, 2], 100)
    blur = np.random.default_rng(0).normal(scale=0.1, size=(300, 2))
    matrix = np.column_stack([column, column]) + blur
    segments = fit_segments(matrix, 3)
    apart = shuffled_copies_test(matrix, ["a", "b"], segments)
    together = shuffled_copies_test(matrix, ["a", "a"], segments)
    assert apart.gain > 0.5
    assert together.gain == pytest.approx(0)
    assert together.p_value > 0.05


def test_structure_within_a_source_is_found_and_said_to_be_there():
    # Four groups in four columns of one source.
    matrix = planted(4, 5)
    found = structure_test(matrix, ["a"] * 4, fit_segments(matrix, 4))
    assert (found.shows_structure, found.is_within_sources) == (True, True)
    assert found.gain > 0.2
    between = structure_test(matrix, SOURCES, fit_segments(matrix, 4))
    assert (between.shows_structure, between.is_within_sources) == (True, False)


def test_answers_that_exclude_each_other_are_no_structure():
    answers = np.eye(3)[np.random.default_rng(0).integers(3, size=300)]
    matrix = np.column_stack([answers, noise()[:300]])
    sources = ["device"] * 3 + SOURCES
    found = structure_test(matrix, sources, fit_segments(matrix, 3))
    assert not found.shows_structure


# From seed 3, the inertias that rounding leaves look like a gain of 0.18.
@pytest.mark.parametrize("seed", range(5))
def test_users_who_are_all_on_their_centroids_show_no_gain(seed):
    kinds = np.random.default_rng(seed).normal(size=(6, 4))
    matrix = np.repeat(kinds, 5, axis=0)
    found = shuffled_copies_test(matrix, ["a"] * 4, fit_segments(matrix, 6))
    assert (found.gain, found.p_value) == (0, 1)


def test_copies_with_fewer_different_users_than_segments_are_as_tight_as_can_be():
    # Four kinds in the data; a copy has four too, or only (0, 0) and (1, 1).
    matrix = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    segments = fit_segments(matrix, 4)
    found = shuffled_copies_test(matrix, ["a", "b"], segments)
    assert (found.gain, found.p_value) == (0, 1)


def test_a_draw_with_fewer_different_users_than_segments_finds_none_again():
    # Both users are drawn in half of all draws; then both segments come back.
    matrix = np.array([[0.0], [1]])
    drawn = np.random.default_rng(SEED).integers(2, size=(DRAWS, 2))
    share = np.mean(drawn[:, 0] != drawn[:, 1])
    assert 0 < share < 1
    assert worst_jaccard(matrix, fit_segments(matrix, 2)) == pytest.approx(share)


BEST = {
    "gain": 0.3,
    "p_value": 0.01,
    "worst_jaccard": 1,
    "prediction_strength": 1,
    "border_density": 0,
    "group_gain": 0.2,
    "group_p_value": 0.02,
}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"gain": 0.019}, "none"),
        ({"p_value": 0.02}, "none"),
        ({"gain": 0.02}, "weak"),
        ({"gain": 0.049}, "weak"),
        ({"gain": 0.05}, "strong"),
        ({"worst_jaccard": 0.749}, "weak"),
        ({"worst_jaccard": 0.75}, "strong"),
        ({"prediction_strength": 0.79}, "moderate"),
        ({"prediction_strength": 0.8}, "strong"),
        ({"border_density": 0.5}, "strong"),
        ({"border_density": 0.501}, "moderate"),
        ({"group_gain": 0.05}, "strong"),
        ({"group_gain": 0.049}, "moderate"),
        # One copy as tight is one too many.
        ({"group_p_value": 0.04}, "moderate"),
    ],
)
def test_each_verdict_begins_where_its_rule_says(changed, expected):
    evidence = BEST | changed
    tests = [
        NullTest(evidence.pop(gain), evidence.pop(p_value), copies)
        for gain, p_value, copies in [
            ("gain", "p_value", COPIES),
            ("group_gain", "group_p_value", GROUP_COPIES),
        ]
    ]
    assert verdict(*tests, **evidence) == expected


def test_a_verdict_names_the_limits_that_it_was_judged_by():
    words = (
        ROOT / "models/segmentation/evidence/segmentation_verdicts.sql"
    ).read_text()
    gains = f"{SMALLEST_GAIN:.0%}, for more than weak {MODERATE_GAIN:.0%}"
    assert f"(asked for: {gains}, and 0 of {COPIES}'" in words
    assert f"when copy_count < {COPIES} then" in words
    assert f"when worst_jaccard < {STABLE_JACCARD}" in words
    assert f"(asked for: {STABLE_JACCARD})." in words
    assert f"(asked of separate groups: {PREDICTIVE_STRENGTH})." in words
    assert f"(asked of separate groups: {MOST_AT_BORDER}). '" in words
    asked = f"{SMALLEST_GROUP_GAIN:.0%} and 0 of {GROUP_COPIES}"
    assert f"(asked of separate groups: {asked})." in words


def test_border_density_of_a_hand_worked_case():
    # Along the line from 0 to 8, windows reach 1 from the centres and from 4.
    users = np.array([0, 0.5, -0.5, 3.5, 8, 8.5, 7.5, 7.2, 4.5, 2])[:, None]
    segments = Segments(np.array([[0.0], [8]]), (users[:, 0] > 4).astype(int), 0)
    densities, neighbours = border_densities(users, segments)
    np.testing.assert_allclose(densities, [2 / 3, 2 / 3])
    assert neighbours.tolist() == [1, 0]


def test_a_cloud_is_densest_at_its_borders():
    cloud = np.random.default_rng(0).normal(size=(2000, 4))
    groups = planted(4, 10)
    assert border_density(cloud, fit_segments(cloud, 2)) > 1
    assert border_density(groups, fit_segments(groups, 4)) == 0


def test_the_fullest_border_counts():
    # Two groups that touch, and one far away.
    users = np.array([0, 0.1, 0.2, 0.5, 0.5, 0.8, 0.9, 1, 9, 9.1])[:, None]
    segments = Segments(
        np.array([[0.0], [1], [9]]), np.repeat([0, 1, 2], [4, 4, 2]), np.nan
    )
    densities, _ = border_densities(users, segments)
    assert densities[2] == 0
    assert border_density(users, segments) == densities[0] > 0


@pytest.mark.parametrize("distance", [5, 10])
def test_groups_are_tighter_than_in_copies_without_any(distance):
    # Each column has two modes, and so have those of the copies.
    matrix = planted(4, distance)
    assert groups_test(matrix, SOURCES, fit_segments(matrix, 4)).shows_groups


def test_slices_of_a_continuum_with_empty_borders_are_no_tighter():
    # A question, asked of users along a line.
    position = np.random.default_rng(0).normal(size=(600, 1))
    blur = np.random.default_rng(1).normal(size=(600, 2))
    matrix = np.column_stack([position + 0.5 * blur, 3.0 * (position > 0)])
    segments = fit_segments(matrix, 2)
    assert border_density(matrix, segments) < MOST_AT_BORDER
    assert shuffled_copies_test(matrix, ["a", "b", "c"], segments).shows_structure
    assert not groups_test(matrix, ["a", "b", "c"], segments).shows_groups


def test_two_peaks_in_one_column_are_seen_however_it_is_rounded():
    generator = np.random.default_rng(0)
    peaks = np.repeat([0, 4], 500) + generator.normal(size=1000)
    for decimals in (0, 1, 9):
        assert dip_p_value(peaks.round(decimals)) < 0.001


def test_one_peak_is_no_group_however_it_is_rounded():
    generator = np.random.default_rng(0)
    draws = [
        generator.uniform(0.5, 5, 1000).round(1),
        generator.normal(size=1000).round(1),
        generator.poisson(20, 1000),
        generator.lognormal(3, 1.5, 1000).round(),
        np.where(generator.random(1000) < 0.3, 0, generator.geometric(0.02, 1000)),
    ]
    assert min(dip_p_value(values) for values in draws) > 0.05


def test_answers_on_a_scale_are_not_looked_at_for_peaks():
    assert dip_p_value(np.repeat([21, 29.5, 39.5, 49.5, 59.5, 70], 100)) is None


def choice(matrix, segment_count="auto"):
    scores = score_segment_counts(matrix, SOURCES, Asked(segment_count, 5))
    (chosen,) = [score for score in scores if score.is_chosen]
    return chosen


@pytest.mark.parametrize("segment_count", [3, 4])
def test_auto_finds_the_number_of_planted_groups(segment_count):
    chosen = choice(planted(segment_count, 8))
    assert (chosen.segment_count, chosen.reason) == (segment_count, FOUND)


def test_auto_cuts_no_group_in_two():
    scores = score_segment_counts(long_groups(), SOURCES, Asked("auto", 5))
    by_count = {score.segment_count: score for score in scores}
    assert by_count[3].is_chosen
    assert by_count[6].worst_jaccard > STABLE_JACCARD
    assert by_count[6].reason == UNPREDICTABLE


def test_a_choice_that_was_close_says_so():
    def scored(segment_count, strength, error=0.03, jaccard=0.9, p_value=None):
        return Score(
            segment_count,
            inertia=1,
            smallest_share=0.1,
            worst_jaccard=jaccard,
            worst_jaccard_error=0.02,
            prediction_strength=strength,
            prediction_strength_error=error,
            gain=0.3,
            p_value=p_value,
        )

    chosen = scored(4, 0.9)
    assert close_call([scored(3, 0.8), chosen, scored(5, 0.7)], chosen) == ""
    assert close_call([chosen, scored(5, 0.78, jaccard=0.5)], chosen) == ""
    assert close_call([chosen, scored(5, 0.81, p_value=0.5)], chosen) == ""
    assert close_call([chosen, scored(5, 0.78)], chosen) == (
        " A close call: with 5 segments the prediction strength is 0.78, within a "
        "standard error (0.03) of 0.8."
    )
    assert close_call([scored(4, 0.9, jaccard=0.76)], chosen) == (
        " A close call: with 4 segments the Jaccard similarity of the least stable "
        "segment is 0.76, within a standard error (0.02) of 0.75."
    )


@pytest.mark.parametrize("seed", range(3))
def test_auto_falls_back_on_noise_and_says_so(seed):
    chosen = choice(noise(seed))
    assert (chosen.segment_count, chosen.reason) == (5, FALLBACK)
    assert chosen.p_value > 1 / 100


def test_halves_predict_each_others_groups_and_not_slices_of_noise():
    strength, error = prediction_strength(planted(4, 8), 4)
    assert strength > 0.99
    assert error < 0.01
    assert prediction_strength(planted(4, 8), 5)[0] < 0.7
    assert prediction_strength(noise(), 5)[0] < 0.6


def test_pairs_shared_of_a_hand_worked_case():
    # Of the three pairs of segment 0 one is together in the other half's segments; a
    # segment of one user has no pair.
    labels, predicted = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 0, 1, 1, 1, 2])
    np.testing.assert_allclose(shared_pairs(labels, predicted, 3), [1 / 3, 1, 0])


def test_halves_with_fewer_different_users_than_segments_predict_nothing():
    matrix = np.repeat([[0.0], [1], [2]], [50, 50, 1], axis=0)
    strength, _ = prediction_strength(matrix, 3)
    # The last user is in one half or the other.
    assert strength == 0


def test_on_noise_one_is_supported_and_says_so():
    scores = score_segment_counts(noise(), SOURCES, Asked("auto", 5))
    (supported,) = [score for score in scores if score.is_supported]
    assert (supported.segment_count, supported.reason) == (1, ALL_ONE)
    assert supported.inertia == pytest.approx(((noise() - noise().mean(0)) ** 2).sum())


def test_every_number_comes_with_the_indices_of_scikit_learn():
    matrix = planted(4, 8)
    told = []
    scores = score_segment_counts(matrix, SOURCES, Asked("auto", 5), tell=told.append)
    assert told == [
        f"testing {count} segments ({9 - count} of 7)" for count in range(8, 1, -1)
    ]
    assert [score.segment_count for score in scores] == list(range(1, 9))
    for score in scores[1:]:
        labels = fit_segments(matrix, score.segment_count).labels
        assert score.silhouette == silhouette_score(matrix, labels)
        assert score.davies_bouldin == davies_bouldin_score(matrix, labels)
        assert score.calinski_harabasz == calinski_harabasz_score(matrix, labels)
        assert score.smallest_share == min(np.bincount(labels)) / len(matrix)
        assert score.reason


def test_a_configured_number_is_taken_and_still_comes_with_its_evidence():
    chosen = choice(noise(), "7")
    assert (chosen.segment_count, chosen.reason) == (7, CONFIGURED)
    assert None not in (chosen.worst_jaccard, chosen.gain, chosen.p_value)


@pytest.fixture
def tested(monkeypatch):
    """How many segments each test had, with the most copies that it could have."""
    tested = []

    def told(matrix, sources, segments, *, most_copies=COPIES, **options):
        tested.append((len(segments.centroids), most_copies))
        return shuffled_copies_test(
            matrix, sources, segments, most_copies=most_copies, **options
        )

    for module in (count_evidence, null_test):
        monkeypatch.setattr(module, "shuffled_copies_test", told)
    return tested


def test_the_number_of_the_model_before_is_kept_where_it_passes_too(tested):
    # Two pairs of groups: two segments and four.
    centers = np.array([[0, 0, 0, 0], [0, 0, 5, 5], [30, 30, 0, 0], [30, 30, 5, 5]])
    blur = np.random.default_rng(0).normal(size=(600, 4))
    matrix = np.repeat(centers, 150, axis=0) + blur
    scores = score_segment_counts(matrix, SOURCES, Asked("auto", 5, previous_count=2))
    by_count = {score.segment_count: score for score in scores}
    assert by_count[4].is_supported
    assert (by_count[2].is_chosen, by_count[2].reason) == (True, KEPT)
    # Each of them is put to the whole test once, and nothing else.
    whole = [count for count, copies in tested if copies == COPIES]
    assert whole == [4, 2]
    for score in scores[1:]:
        is_tested = score.segment_count in whole
        assert score.copy_count == (COPIES if is_tested else COPIES_BESIDE)
        assert (score.p_value is not None) == is_tested
        assert (score.group_p_value is not None) == score.is_chosen


def test_the_number_of_the_model_before_is_not_kept_where_it_cuts_groups():
    asked = Asked("auto", 5, previous_count=6)
    scores = score_segment_counts(long_groups(), SOURCES, asked)
    by_count = {score.segment_count: score for score in scores}
    assert by_count[6].worst_jaccard > STABLE_JACCARD
    assert by_count[3].is_chosen


def test_a_model_that_stays_is_tested_whatever_its_number(tested):
    asked = Asked("auto", 5, previous_count=7, is_fixed=True)
    scores = score_segment_counts(planted(4, 8), SOURCES, asked)
    by_count = {score.segment_count: score for score in scores}
    assert by_count[4].is_supported
    assert by_count[7].reason == KEPT
    assert by_count[7].worst_jaccard < STABLE_JACCARD
    assert sorted(count for count, copies in tested if copies == COPIES) == [4, 7]


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
    assert 1 / 100 <= chosen.p_value <= 1


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
    matrix, segment_count, may_give_up, draws
):
    refits = []

    def counted(*arguments):
        refits.append(arguments)
        return fit_segments(*arguments)

    segments = fit_segments(matrix, segment_count)
    segment_jaccards(matrix, segments, fit=counted, may_give_up=may_give_up)
    assert len(refits) == draws


def test_segments_drawn_by_lot_are_as_unstable_as_they_must_be():
    matrix = noise()
    segments = fit_segments(matrix, 2)
    random_labels = np.random.default_rng(0).integers(2, size=len(matrix))
    hopeless = Segments(segments.centroids, random_labels, segments.inertia)
    # Two halves drawn by lot share a third with any half.
    assert worst_jaccard(matrix, hopeless) == pytest.approx(1 / 3, abs=0.05)
