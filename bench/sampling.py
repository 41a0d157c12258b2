"""Measure what a fit on a sample loses: its segments against those of the full fit.

Prints a Markdown report on standard output and its progress on standard error.
"""

import argparse

import numpy as np
from sklearn.metrics import adjusted_rand_score

import report
from run import log, positive
from user_segmentation.training.clustering import fit_segments, nearest_segments

USERS = 500_000
FEATURE_COUNT = 18
SEGMENT_COUNT = 5
SEED = 1
SAMPLES = [2_000, 10_000, 50_000, 100_000]
# Standard deviation of every feature within a cluster.
SPREADS = [0.6, 1.0, 1.6]

METHOD = f"""\
Users in {SEGMENT_COUNT} Gaussian clusters of equal spread in {FEATURE_COUNT} features,
whose centres are drawn from the standard normal distribution: `fit_segments` of the
project on a sample, all users put to the nearest centroid, against `fit_segments` on
all. Inertia is that of all users to the centroids, as a multiple of the full fit's."""

TABLE_HEAD = """\
| spread | fitted on | inertia | adjusted Rand index |
|---:|---:|---:|---:|"""


def clusters(users: int, spread: float) -> np.ndarray:
    """Draw users from Gaussian clusters.

    Parameters
    ----------
    users : int
        Number of users.
    spread : float
        Standard deviation of every feature within a cluster.

    Returns
    -------
    ndarray of shape (users, `FEATURE_COUNT`)
        In random order.
    """
    generator = np.random.default_rng(SEED)
    centers = generator.normal(size=(SEGMENT_COUNT, FEATURE_COUNT))
    members = generator.integers(SEGMENT_COUNT, size=users)
    noise = generator.normal(scale=spread, size=(users, FEATURE_COUNT))
    return centers[members] + noise


def inertia(matrix: np.ndarray, centroids: np.ndarray, labels: np.ndarray) -> float:
    """Sum the squared distances of all users to the centroids of their segments.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    centroids : ndarray of shape (segment_count, feature_count)
    labels : ndarray of shape (user_count,)
        Position of each user's centroid.

    Returns
    -------
    float
    """
    return float(((matrix - centroids[labels]) ** 2).sum())


def compare(matrix: np.ndarray, samples: list[int]) -> list[tuple[int, float, float]]:
    """Compare fits on the first users with the fit on all.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        In random order.
    samples : list of int
        Numbers of users to fit on.

    Returns
    -------
    list of tuple
        Number of users, inertia as a multiple of the full fit's, and adjusted Rand
        index of the labels.
    """
    full = fit_segments(matrix, SEGMENT_COUNT)
    found = []
    for users in samples:
        centroids = fit_segments(matrix[:users], SEGMENT_COUNT).centroids
        labels = nearest_segments(matrix, centroids)
        found.append(
            (
                users,
                inertia(matrix, centroids, labels) / full.inertia,
                adjusted_rand_score(full.labels, labels),
            )
        )
    return found


def main() -> None:
    """Run the bench and print its report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--users", type=positive, default=USERS, metavar="N")
    users = parser.parse_args().users
    print(report.header(METHOD, ["numpy", "scikit-learn"]))
    print(TABLE_HEAD, flush=True)
    for spread in SPREADS:
        log(f"spread {spread}")
        for sample, ratio, index in compare(clusters(users, spread), SAMPLES):
            print(f"| {spread} | {sample:,} | {ratio:.5f} | {index:.4f} |", flush=True)


if __name__ == "__main__":
    main()
