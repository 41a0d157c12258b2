"""Refits, and which of their segments are the old ones."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from planted import planted
from treatment import scaled
from user_segmentation.training.clustering import fit_segments
from user_segmentation.training.identity import (
    NONE,
    assign_keys,
    match_by_members,
    match_segments,
)
from user_segmentation.training.refit import in_scale_of, refit

PERSONAS = np.array([[0.0, 0], [10, 0], [0, 10], [10, 10]])


def scales(*rows):
    columns = ["feature", "transform", "center", "scale", "clip"]
    return pd.DataFrame(rows, columns=columns)


def rectangle(gain):
    """Corners of which the better halves have less inertia by the share `gain`.

    Returns them with the centroids of the worse halves, which are stable: an inertia
    of the long side squared, against the short side squared.
    """
    short = np.sqrt(1 - gain)
    corners = np.array([[0, 0], [0, short], [1, 0], [1, short]])
    return corners, np.array([[0.5, 0], [0.5, short]])


@pytest.mark.parametrize(("gain", "start"), [(0.004, "warm"), (0.006, "fresh")])
def test_a_refit_stays_where_it_was_unless_that_is_worse_by_half_a_percent(gain, start):
    corners, worse = rectangle(gain)
    again = refit(corners, 2, worse)
    assert again.start == start
    assert again.warm_inertia == pytest.approx(1)
    assert again.fresh_inertia == pytest.approx(1 - gain)
    chosen = again.warm_inertia if start == "warm" else again.fresh_inertia
    assert again.segments.inertia == chosen


def test_a_refit_that_is_stuck_between_two_groups_starts_afresh():
    matrix = np.repeat([[0.0], [10], [99], [101]], 10, axis=0)
    again = refit(matrix, 3, np.array([[5.0], [99], [101]]))
    assert (again.start, again.warm_inertia, again.fresh_inertia) == ("fresh", 500, 20)
    assert sorted(again.segments.centroids.ravel()) == [0, 10, 100]


@pytest.mark.parametrize("previous", [None, np.zeros((2, 1))])
def test_another_number_of_segments_has_no_warm_start(previous):
    matrix = np.repeat([[0.0], [10], [100]], 10, axis=0)
    again = refit(matrix, 3, previous)
    assert again.start == "fresh"
    assert again.warm_inertia is again.unmoved_inertia is None
    assert again.is_worthwhile


@pytest.mark.parametrize(("shift", "is_worthwhile"), [(0.14, False), (0.15, True)])
def test_a_refit_is_worthwhile_when_it_gains_two_percent(shift, is_worthwhile):
    # Centroids that are off by the shift have 1 + shift² times the inertia: 0.0196
    # and 0.0225, where 1/0.98 - 1 = 0.0204.
    matrix = np.repeat([[-1.0], [1], [99], [101]], 5, axis=0)
    again = refit(matrix, 2, np.array([[shift], [100 + shift]]))
    assert again.unmoved_inertia == pytest.approx(20 * (1 + shift**2))
    assert again.segments.inertia == pytest.approx(20)
    assert again.is_worthwhile == is_worthwhile


def test_the_order_of_users_does_not_move_a_refit():
    matrix, _, _ = planted(1, seed=1)
    previous = fit_segments(matrix[:900], 5).centroids
    order = np.random.default_rng(1).permutation(len(matrix))
    first, second = refit(matrix, 5, previous), refit(matrix[order], 5, previous)
    assert first.start == second.start == "warm"
    np.testing.assert_array_equal(first.segments.labels[order], second.segments.labels)


def test_centroids_change_their_units_as_their_users_do():
    generator = np.random.default_rng(1)
    users = pd.DataFrame(generator.gamma(2, size=(100, 3)), columns=["a", "b", "c"])
    transforms = ["none", "log1p", "none"]
    old, new = (
        scales(
            *zip(
                *(users, transforms),
                *(generator.uniform(-1, 1, 3), generator.uniform(0.2, 3, 3)),
                [np.inf] * 3,
                strict=True,
            )
        )
        for _ in range(2)
    )
    groups = np.arange(100) % 4
    in_old, in_new = (
        pd.DataFrame(scaled(users, given)).groupby(groups).mean().to_numpy()
        for given in (old, new)
    )
    assert not np.allclose(in_old, in_new, atol=0.1)
    np.testing.assert_allclose(in_scale_of(in_old, old, new), in_new)
    np.testing.assert_allclose(in_scale_of(in_new, new, old), in_old)


def test_converted_centroids_are_clipped_and_constant_features_are_nowhere():
    old = scales(("a", "none", 10, 2, 3), ("b", "none", 0, 1, 3))
    new = scales(("a", "none", 8, 4, 1), ("b", "none", 5, 1, 0))
    # 10 + 2 x 1 is (12 - 8) / 4, and 10 + 2 x 3 would be 2.
    centroids = in_scale_of(np.array([[1.0, 2], [3, -2]]), old, new)
    np.testing.assert_array_equal(centroids, [[1, 0], [1, 0]])


@pytest.mark.parametrize("other", [("b", "none", 0, 1, 3), ("a", "log1p", 0, 1, 3)])
def test_models_of_other_features_have_no_common_units(other):
    with pytest.raises(ValueError, match="same features"):
        in_scale_of(np.zeros((2, 1)), scales(("a", "none", 0, 1, 3)), scales(other))


def test_segments_are_matched_at_least_cost_by_any_other_assignment():
    generator = np.random.default_rng(1)
    unmatched_count = 0
    for _ in range(60):
        old, new = (
            generator.normal(size=(count, 2)) for count in generator.integers(2, 6, 2)
        )
        caps = [
            min(((one - other) ** 2).sum() for other in np.delete(old, place, 0)) / 4
            for place, one in enumerate(old)
        ]

        def cost(matching, old=old, new=new, caps=caps):
            paired = [(was, now) for now, was in enumerate(matching) if was != NONE]
            alone = set(range(len(old))) - {was for was, _ in paired}
            return sum(((old[was] - new[now]) ** 2).sum() for was, now in paired) + sum(
                caps[was] for was in alone
            )

        choices = [*range(len(old)), *[NONE] * len(new)]
        least = min(cost(choice) for choice in set(permutations(choices, len(new))))
        matching = match_segments(old, new)
        matched = matching[matching != NONE]
        assert len(set(matched)) == len(matched)
        assert cost(matching) == pytest.approx(least)
        unmatched_count += len(old) - len(matched)
    assert unmatched_count > 0


def test_a_segment_is_not_matched_beyond_half_the_way_to_its_neighbour():
    moved = PERSONAS + np.array([4.9, 0])
    assert match_segments(PERSONAS, moved).tolist() == [0, 1, 2, 3]
    replaced = np.vstack([PERSONAS[:3], [[10, 15.1]]])
    assert match_segments(PERSONAS, replaced).tolist() == [0, 1, 2, NONE]


def test_one_that_comes_from_afar_drags_nobody_to_another_number():
    # When everyone moves one place, it costs 4 x 100, against 1600 for the last alone.
    old = np.array([[0.0], [10], [20], [30]])
    new = np.array([[0.1], [10.1], [20.1], [-10]])
    assert match_segments(old, new).tolist() == [0, 1, 2, NONE]


def test_a_single_segment_is_matched_with_the_nearest():
    old, new = np.array([[0.0]]), np.array([[99.0], [9]])
    assert match_segments(old, new).tolist() == [NONE, 0]


def test_the_first_segments_have_no_match():
    assert match_segments(np.empty((0, 2)), PERSONAS).tolist() == [NONE] * 4
    nobody = np.full(4, NONE)
    assert match_by_members(nobody, np.arange(4), 4).tolist() == [NONE] * 4


def test_the_order_of_segments_does_not_matter():
    generator = np.random.default_rng(1)
    for _ in range(20):
        old, new = generator.normal(size=(2, 5, 3))
        old_order, new_order = generator.permutation(5), generator.permutation(5)
        old_keys = np.arange(1, 6)
        keys = assign_keys(match_segments(old, new), old_keys, 5)
        reordered = assign_keys(
            match_segments(old[old_order], new[new_order]), old_keys[old_order], 5
        )
        # New ones are numbered in their order.
        kept = keys[new_order] <= 5
        np.testing.assert_array_equal(keys[new_order][kept], reordered[kept])
        assert sorted(keys) == sorted(reordered)


def test_members_decide_with_a_jaccard_similarity_of_half():
    # Of those whom both know: segment 0 shares 6 of 9, and segment 1 shares 3 of 4.
    old = np.repeat([0, 0, 1, 1, NONE, 1], [6, 2, 3, 1, 5, 5])
    new = np.repeat([1, 2, 0, 1, 0, NONE], [6, 2, 3, 1, 5, 5])
    assert match_by_members(old, new, 3).tolist() == [1, 0, NONE]
    # Three more users of segment 1 went elsewhere: 3 of 7.
    old, new = np.append(old, [1, 1, 1]), np.append(new, [2, 2, 2])
    assert match_by_members(old, new, 3).tolist() == [NONE, 0, NONE]


def test_of_two_equal_halves_one_is_the_old_segment():
    old, new = np.zeros(8, dtype=int), np.repeat([0, 1], 4)
    assert sorted(match_by_members(old, new, 2)) == [NONE, 0]


def test_matching_by_members_knows_no_order_and_counts_users():
    generator = np.random.default_rng(1)
    old = generator.integers(4, size=300)
    new = np.where(generator.random(300) < 0.8, (old + 1) % 4, 2)
    expected = match_by_members(old, new, 4)
    assert (expected != NONE).any()
    order = generator.permutation(300)
    np.testing.assert_array_equal(match_by_members(old[order], new[order], 4), expected)
    pairs, counts = np.unique([old, new], axis=1, return_counts=True)
    np.testing.assert_array_equal(
        match_by_members(*pairs, 4, user_counts=counts), expected
    )


def test_kept_segments_keep_their_key_and_new_ones_take_the_next():
    keys = assign_keys(np.array([NONE, 2, NONE, 0]), [4, 7, 5], 9)
    assert keys.tolist() == [10, 5, 11, 4]
    assert assign_keys(np.array([NONE, NONE]), [], 0).tolist() == [1, 2]


def test_a_highest_key_below_an_old_one_is_refused():
    with pytest.raises(ValueError, match="7 is above the highest key 6"):
        assign_keys(np.array([NONE]), [4, 7], 6)


@pytest.mark.parametrize("seed", range(5))
def test_no_key_is_ever_used_again(seed):
    generator = np.random.default_rng(seed)
    centroids, keys, highest = np.empty((0, 2)), [], 0
    seen, retired = set(), set()
    for _ in range(50):
        count = generator.integers(1, 9)
        places = np.vstack([centroids, generator.normal(size=(8, 2))])
        new = generator.choice(places, count, replace=False)
        new += generator.normal(scale=0.2, size=new.shape)
        old_keys = set(keys)
        keys = assign_keys(match_segments(centroids, new), keys, highest).tolist()
        assert len(set(keys)) == count
        assert not retired & set(keys)
        born = set(keys) - old_keys
        assert not born & seen
        assert born == set(range(highest + 1, highest + 1 + len(born)))
        highest += len(born)
        seen |= born
        retired |= old_keys - set(keys)
        centroids = new
    assert retired
    assert highest < 50 * 8
