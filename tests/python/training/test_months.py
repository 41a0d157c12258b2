"""Whether segments keep their keys over the months; `scripts/months.py` shows more."""

import numpy as np
import pytest

from months import DELTAS, draw_pool, monthly_changes, monthly_rows, replace_persona

pytestmark = pytest.mark.slow

SEEDS = range(3)
REPLACEMENTS = range(20)


def changes(delta, way, **arguments):
    results = [monthly_changes(delta, seed, way, **arguments) for seed in SEEDS]
    return np.mean([shares for shares, _ in results]), sum(
        count for _, count in results
    )


def test_each_month_one_user_in_twenty_is_replaced_and_another_one_changes():
    _, truth = draw_pool(1.0, seed=1)
    months = monthly_rows(truth, np.random.default_rng(1))
    before, _ = next(months)
    after, is_untouched = next(months)
    np.testing.assert_array_equal(before != after, ~is_untouched)
    assert is_untouched.sum() == 900
    assert len(set(after)) == 1000
    # Fifty have their persona for certain, and a fifth of the others by chance.
    has_persona = (truth[before] == truth[after])[~is_untouched].sum()
    assert 50 < has_persona < 75


@pytest.mark.parametrize("delta", [None, *DELTAS])
def test_refits_without_matching_move_nearly_everyone(delta):
    assert changes(delta, "raw")[0] > 0.7


# A refit in every month moves the borders a little, as everybody's sample changed.
@pytest.mark.parametrize(
    ("delta", "most"), [(0.75, 0.025), (1.0, 0.0125), (1.5, 0.005)]
)
def test_refits_of_every_month_move_few_users_and_retire_no_key(delta, most):
    share, retired_count = changes(delta, "every month")
    assert 0 < share < most
    assert share < changes(delta, "plain matching")[0]
    assert retired_count == 0


@pytest.mark.parametrize("delta", DELTAS)
def test_refits_that_are_worthwhile_move_hardly_anyone(delta):
    share, retired_count = changes(delta, "when worthwhile")
    assert share <= 0.01
    assert retired_count == 0


def test_without_structure_most_users_stay_all_the_same():
    # 5% come or change. Where it is 10%, some fit or other gains two percent of inertia
    # within the year, and what it moves has no reason to stay.
    share, _ = changes(None, "when worthwhile", turnover=25)
    assert share <= 0.03
    assert share < changes(None, "every month", turnover=25)[0]


@pytest.mark.parametrize("way", ["every month", "when worthwhile"])
@pytest.mark.parametrize("delta", DELTAS)
def test_one_persona_that_makes_room_for_another_one_is_no_matter_to_the_others(
    delta, way
):
    results = [replace_persona(delta, seed, way) for seed in REPLACEMENTS]
    assert all(are_kept for are_kept, _ in results)
    assert not any(is_reused for _, is_reused in results)


def test_plain_matching_gives_the_key_of_the_vanished_persona_away():
    results = [replace_persona(1.0, seed, "plain matching") for seed in range(5)]
    assert all(is_reused for _, is_reused in results)
