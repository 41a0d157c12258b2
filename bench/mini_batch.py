"""The tutorial's way with MiniBatchKMeans in place of KMeans."""

import pandas as pd
from sklearn.cluster import MiniBatchKMeans

import tutorial
from study import SEED, SEGMENT_COUNT


def segment(users: pd.DataFrame, restarts: int) -> pd.Series:
    """Cluster the users, a batch at a time.

    Parameters
    ----------
    users : pandas.DataFrame
        One row per user, with the columns of the tutorial.
    restarts : int
        Number of starts, of which the best goes on.

    Returns
    -------
    pandas.Series
        Segment of each user, on the index of `users`.
    """
    matrix = tutorial.preprocessor().fit_transform(users)
    kmeans = MiniBatchKMeans(SEGMENT_COUNT, n_init=restarts, random_state=SEED)
    return pd.Series(kmeans.fit_predict(matrix), users.index, name="segment")


if __name__ == "__main__":
    tutorial.run(segment)
