"""What the verdict says of data of which the truth is known.

    python scripts/calibrate.py
    python scripts/calibrate.py --draws 5

Prints Markdown tables: structureless data, planted personas, one correlated cloud, and
the treatments of mixed data.
"""

import argparse
from collections import Counter

import numpy as np

from clustering import fit_segments
from null_test import shuffled_copies_test
from planted import PERSONA_COUNT, correlated_cloud, planted, shuffled, uniform
from segment_counts import AUTO, Asked, score_segment_counts
from separation import border_density
from stability import segment_jaccards
from techniques import TEST_TECHNIQUES
from treatment_study import treatment_table
from verdict import verdict

VERDICTS = ["none", "weak", "moderate", "strong"]
DELTAS = [0.75, 1.0, 1.25, 1.5, 2.0]
CORRELATIONS = [0.2, 0.5, 0.8]


def judge(matrix, sources, segment_count=PERSONA_COUNT):
    """The verdict on segments of some users.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    sources : sequence of str, of length feature_count
    segment_count : int

    Returns
    -------
    str
        One of `VERDICTS`.
    """
    segments = fit_segments(matrix, segment_count)
    test_fit = TEST_TECHNIQUES["kmeans"]
    null_test = shuffled_copies_test(
        matrix, sources, test_fit(matrix, segment_count), fit=test_fit
    )
    jaccards = segment_jaccards(matrix, segments)
    return verdict(null_test, jaccards.min(), border_density(matrix, segments))


def supported_count(matrix, sources):
    """The number of segments that `auto` finds, 1 for none.

    Parameters
    ----------
    matrix, sources
        As for `judge`.

    Returns
    -------
    int
    """
    scores = score_segment_counts(matrix, sources, Asked(AUTO, PERSONA_COUNT))
    return next(score.segment_count for score in scores if score.is_supported)


def shuffled_draw(seed):
    """Users with personas, shuffled until nothing is left of them."""
    matrix, sources, _ = planted(1.5, seed)
    return shuffled(matrix, sources, seed)


def row(*cells):
    """A line of a Markdown table."""
    return f"| {' | '.join(map(str, cells))} |"


def main(arguments=None):
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--draws", type=int, default=10, help="default: 10")
    draws = parser.parse_args(arguments).draws
    kinds = {
        "shuffled": (10 * draws, shuffled_draw, False),
        "uniform": (10 * draws, uniform, False),
    }
    for rho in CORRELATIONS:
        kinds[f"one cloud, correlation {rho}"] = (
            draws,
            lambda seed, rho=rho: correlated_cloud(rho, seed),
            False,
        )
    for delta in DELTAS:
        kinds[f"personas, delta {delta}"] = (
            draws,
            lambda seed, delta=delta: planted(delta, seed)[:2],
            True,
        )
    print(row("data", "draws", *VERDICTS, "auto finds five"))
    print(row(*["---"] * (len(VERDICTS) + 3)))
    for kind, (count, draw, has_personas) in kinds.items():
        data = [draw(seed) for seed in range(count)]
        verdicts = Counter(judge(*users) for users in data)
        found = (
            np.sum([supported_count(*users) == PERSONA_COUNT for users in data])
            if has_personas
            else ""
        )
        print(row(kind, count, *(verdicts[name] for name in VERDICTS), found))
    print()
    print(treatment_table(range(draws)))


if __name__ == "__main__":
    main()
