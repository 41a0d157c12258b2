"""The tutorial's way with faiss in place of KMeans of scikit-learn, on a sample."""

import faiss
import numpy as np
import pandas as pd

import tutorial
from study import SEED, SEGMENT_COUNT

# As large as the project's own.
SAMPLE_USERS = 100_000
# faiss does not stop when nothing moves any more.
ITERATIONS = 30


def segment(users: pd.DataFrame, restarts: int) -> pd.Series:
    """Cluster a sample of the users, and give all users the nearest centroid.

    Parameters
    ----------
    users : pandas.DataFrame
        One row per user, with the columns of the tutorial.
    restarts : int
        Number of starts, of which the best is kept.

    Returns
    -------
    pandas.Series
        Segment of each user, on the index of `users`.
    """
    matrix = tutorial.preprocessor().fit_transform(users).astype(np.float32)
    kmeans = faiss.Kmeans(
        matrix.shape[1],
        SEGMENT_COUNT,
        niter=ITERATIONS,
        nredo=restarts,
        seed=SEED,
        max_points_per_centroid=SAMPLE_USERS // SEGMENT_COUNT,
    )
    kmeans.train(matrix)
    _, nearest = kmeans.index.search(matrix, 1)
    return pd.Series(nearest[:, 0], users.index, name="segment")


if __name__ == "__main__":
    tutorial.run(segment)
