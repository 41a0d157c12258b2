"""Copies keep what they are said to keep, and lose the rest."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import spearmanr

from user_segmentation.evidence.copies import (
    CorrelatedCopies,
    inseparable_columns,
    shuffled_columns,
    shuffled_sources,
)

SOURCES = ["a", "b", "device", "device", "device", "interests", "interests"]


@pytest.fixture(scope="module")
def users():
    """Two numbers, a device and two interests that go together; some are unknown."""
    generator = np.random.default_rng(0)
    common = generator.normal(size=1000)
    numbers = common[:, None] + generator.normal(size=(1000, 2))
    # The last ones use two devices.
    devices = np.vstack([np.eye(3), [1, 1, 0]])
    place = np.digitize(common + generator.normal(size=1000), [-0.7, 0.7, 1.5])
    device = devices[place]
    interests = (common[:, None] + generator.normal(size=(1000, 2)) > 0.5).astype(float)
    matrix = np.column_stack([numbers, device, interests])
    matrix[generator.random(1000) < 0.1, 1] = np.nan
    matrix[generator.random(1000) < 0.1, 2:5] = np.nan
    return matrix


def rows(matrix):
    return sorted(map(tuple, np.nan_to_num(matrix, nan=-9)))


def copied(way, matrix, seed=1):
    generator = np.random.default_rng(seed)
    if way is CorrelatedCopies:
        return CorrelatedCopies(matrix, SOURCES, generator).draw()
    if way is shuffled_columns:
        return way(matrix, inseparable_columns(matrix, SOURCES), generator)
    return way(matrix, SOURCES, generator)


WAYS = [shuffled_sources, shuffled_columns, CorrelatedCopies]


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_has_the_same_values_in_each_column(way, users):
    copy = copied(way, users)
    assert not np.array_equal(copy, users, equal_nan=True)
    for column in range(users.shape[1]):
        assert rows(copy[:, [column]]) == rows(users[:, [column]])


@pytest.mark.parametrize("way", WAYS)
def test_answers_to_one_question_exclude_each_other_in_a_copy_too(way, users):
    assert rows(copied(way, users)[:, 2:5]) == rows(users[:, 2:5])


@pytest.mark.parametrize("way", WAYS)
def test_a_copy_is_the_same_each_time(way, users):
    np.testing.assert_array_equal(copied(way, users), copied(way, users))


@pytest.mark.parametrize("way", [shuffled_columns, CorrelatedCopies])
def test_what_is_not_known_of_a_user_is_not_known_in_a_copy(way, users):
    np.testing.assert_array_equal(np.isnan(copied(way, users)), np.isnan(users))


def test_interests_can_be_taken_apart_and_devices_cannot(users):
    units = [unit.tolist() for unit in inseparable_columns(users, SOURCES)]
    assert units == [[0], [1], [2, 3, 4], [5], [6]]


def test_columns_of_a_shuffled_copy_have_nothing_to_do_with_each_other(users):
    columns = [0, 1, 4, 5, 6]

    def correlation(way):
        copies = [copied(way, users, seed)[:, columns] for seed in range(20)]
        found = [spearmanr(copy, nan_policy="omit").statistic for copy in copies]
        return np.mean(found, axis=0)

    apart = correlation(shuffled_columns)
    np.testing.assert_allclose(apart, np.eye(5), atol=0.03)
    by_source = correlation(shuffled_sources)
    assert by_source[3, 4] == pytest.approx(
        spearmanr(users[:, 5:7]).statistic, abs=0.001
    )
    assert np.abs(by_source[:3, 3:]).max() < 0.03


def test_columns_of_a_correlated_copy_go_together_as_the_users_do(users):
    columns = [0, 1, 4, 5, 6]
    wanted = spearmanr(users[:, columns], nan_policy="omit").statistic
    copies = CorrelatedCopies(users, SOURCES, np.random.default_rng(2))
    drawn = [copies.draw()[:, columns] for _ in range(50)]
    found = [spearmanr(copy, nan_policy="omit").statistic for copy in drawn]
    assert wanted[0, 3] > 0.3
    np.testing.assert_allclose(np.mean(found, axis=0), wanted, atol=0.03)


def test_a_correlated_copy_of_groups_has_none():
    generator = np.random.default_rng(0)
    corners = np.array([[0, 0], [0, 9], [9, 0]])[generator.integers(3, size=900)]
    matrix = corners + generator.normal(size=(900, 2))
    copy = CorrelatedCopies(matrix, ["a", "b"], generator).draw()
    # Nobody is high in both; in a copy, which knows no corners, some are.
    assert not ((matrix > 5).all(axis=1)).any()
    assert ((copy > 5).all(axis=1)).sum() > 30


@given(st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, 2.0, np.nan])] * 3), min_size=1))
@settings(max_examples=50, deadline=None, derandomize=True, database=None)
def test_any_few_users_have_copies(users):
    matrix = np.array(users)
    sources = ["a", "a", "b"]
    units = inseparable_columns(matrix, sources)
    for way, parts in ((shuffled_columns, units), (shuffled_sources, sources)):
        assert way(matrix, parts, np.random.default_rng(0)).shape == matrix.shape
    copy = CorrelatedCopies(matrix, sources, np.random.default_rng(0)).draw()
    np.testing.assert_array_equal(np.isnan(copy), np.isnan(matrix))
