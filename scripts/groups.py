"""Users in groups of many shapes, for `make calibrate`."""

from functools import partial

import numpy as np
import pandas as pd

from planted import (
    ORDERED_ANSWERS,
    PERSONA_COUNT,
    catalog_rows,
    draw_answers,
    draw_interests,
    draw_numbers,
    persona_centers,
    plain_numbers,
)
from treatment import treated

# Blocks of numbers, with how many there are and their weight; answers to the nominal
# question; and the weight of interests.
BASES = {
    "marketing": ({"engagement": (4, 1), "ad_response": (3, 1)}, 3, 0.5),
    "service": ({"engagement": (4, 1), "activity": (4, 1)}, 3, 0),
    "recommendation": ({"engagement": (4, 0.5), "purchases": (3, 0.5)}, 3, 1),
}
ANSWER_TILT = 0.5


def personas(basis, delta, seed, *, user_count=1000, shares=(1 / PERSONA_COUNT,) * 5):
    """Personas that all columns of a basis tell apart.

    Parameters
    ----------
    basis : str
        A key of `BASES`.
    delta : float
        As for `planted.planted`.
    seed, user_count : int
    shares : sequence of float
        Share of each persona; there are five at most.

    Returns
    -------
    matrix : ndarray of shape (user_count, feature_count)
    sources : list of str, of length feature_count
    truth : ndarray of shape (user_count,)
    """
    generator = np.random.default_rng(seed)
    truth = generator.choice(len(shares), size=user_count, p=shares)
    blocks, answer_count, interest_weight = BASES[basis]
    users, features = draw_answers(
        generator, truth, delta * ANSWER_TILT, ORDERED_ANSWERS, {"place": answer_count}
    )
    catalog = [features]
    for block, (column_count, weight) in blocks.items():
        names = [f"{block}_{position}" for position in range(1, column_count + 1)]
        drawn = draw_numbers(generator, truth, delta, column_count)
        users = users.join(pd.DataFrame(drawn, columns=names))
        catalog.append(catalog_rows(names, block, "numeric", weight=weight))
    if interest_weight:
        # The further personas lie apart, the more of their members name what is theirs.
        interests, features = draw_interests(
            generator, truth, min(0.2 + 0.25 * delta, 0.85), 0.15
        )
        users = users.join(interests)
        catalog.append(features.assign(weight=interest_weight))
    return *treated(users, pd.concat(catalog)), truth


def elongated(seed):
    """Three groups, each two and a half times as long as it is wide."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(3, size=900)
    centers = np.array([[0, 0, 0, 0], [0, 5, 0, 0], [0, 2.5, 4, 0]])
    within = generator.normal(size=(900, 4)) * [2.5, 1, 0.6, 0.6]
    turn = np.linalg.qr(generator.normal(size=(4, 4)))[0]
    return *treated(*plain_numbers((centers[truth] + within) @ turn)), truth


def unequal_spreads(seed):
    """Four groups, the widest nearly four times as wide as the narrowest."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(4, size=1000)
    spreads = np.array([0.4, 0.7, 1, 1.5])[truth, None]
    within = spreads * generator.normal(size=(1000, 6))
    return *treated(
        *plain_numbers(2 * persona_centers(generator, 6)[truth] + within)
    ), truth


def penguins_like(seed):
    """Three groups in four columns, one of them small and near another.

    Means and spreads are those of the penguins of Palmer Station (Horst, Hill and
    Gorman 2020); within a species columns go together by 0.5.
    """
    means = [[38.8, 18.3, 190, 3700], [48.8, 18.4, 196, 3733], [47.5, 15, 217, 5076]]
    spreads = [[2.7, 1.2, 6.5, 459], [3.3, 1.1, 7.1, 384], [3.1, 1, 6.5, 504]]
    truth = np.random.default_rng(seed).choice(3, size=340, p=[0.44, 0.2, 0.36])
    return _normal_groups(seed, truth, means, spreads, 0.5)


def mall_like(seed):
    """Five groups in two columns, as income and spending in many a textbook."""
    means = [[55.3, 49.5], [86.5, 82.1], [88.2, 17.1], [25.7, 79.4], [26.3, 20.9]]
    spreads = [[8.7, 6.1], [16, 9], [16, 9.5], [7.5, 10], [7.5, 12]]
    shares = [0.4, 0.195, 0.175, 0.11, 0.12]
    truth = np.random.default_rng(seed).choice(5, size=200, p=shares)
    return _normal_groups(seed, truth, means, spreads, 0)


def interest_groups(seed):
    """Five groups in what users are interested in, the only source there is."""
    generator = np.random.default_rng(seed)
    truth = generator.integers(PERSONA_COUNT, size=1000)
    return *treated(*draw_interests(generator, truth, 0.75, 0.1)), truth


GROUPS = {
    f"{basis}, delta {delta}": partial(personas, basis, delta)
    for basis in BASES
    for delta in (1.0, 1.25, 1.5, 2.0)
} | {
    "sizes 65/20/10/5": partial(
        personas, "marketing", 1.5, shares=(0.65, 0.2, 0.1, 0.05)
    ),
    "unequal spreads": unequal_spreads,
    "elongated": elongated,
    "60 users": partial(personas, "marketing", 2.0, user_count=60),
    "20,000 users": partial(personas, "marketing", 1.25, user_count=20_000),
    "penguins-like": penguins_like,
    "mall-like": mall_like,
    "interests alone": interest_groups,
}


def _normal_groups(seed, truth, means, spreads, correlation):
    generator = np.random.default_rng((seed, 1))
    column_count = len(means[0])
    correlations = np.full((column_count, column_count), correlation)
    np.fill_diagonal(correlations, 1)
    drawn = generator.multivariate_normal(
        np.zeros(column_count), correlations, size=len(truth)
    )
    return *treated(
        *plain_numbers(np.array(means)[truth] + np.array(spreads)[truth] * drawn)
    ), truth
