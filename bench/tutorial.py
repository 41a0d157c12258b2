"""The tutorial's way to segment users: pandas and scikit-learn, all in memory.

This is the yardstick of ``bench/run.py`` and ``bench/peers.py``: one file read whole,
four numbers standardised, three categories one-hot encoded, KMeans on every row, a
profile per segment.
"""

from collections.abc import Callable, Sequence

import pandas as pd
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from study import (
    CATEGORIES,
    NUMERICS,
    RESTARTS,
    SEED,
    SEGMENT_COUNT,
    parse_arguments,
)


def preprocessor(
    numerics: Sequence[str] = NUMERICS, categories: Sequence[str] = CATEGORIES
) -> ColumnTransformer:
    """Standardise the numbers and set one-hot answers beside them.

    Parameters
    ----------
    numerics, categories : sequence of str
        Columns to read.

    Returns
    -------
    sklearn.compose.ColumnTransformer
        Not fitted.
    """
    return ColumnTransformer(
        [
            ("numerics", StandardScaler(), numerics),
            ("categories", OneHotEncoder(sparse_output=False), categories),
        ]
    )


def segment(users: pd.DataFrame, restarts: int = RESTARTS) -> pd.Series:
    """Cluster the users into five segments.

    Parameters
    ----------
    users : pandas.DataFrame
        One row per user, with the columns `NUMERICS` and `CATEGORIES`.
    restarts : int
        Number of starts, of which the best is kept.

    Returns
    -------
    pandas.Series
        Segment of each user, 0 to 4, on the index of `users`.
    """
    kmeans = KMeans(n_clusters=SEGMENT_COUNT, n_init=restarts, random_state=SEED)
    pipeline = Pipeline([("preprocessor", preprocessor()), ("kmeans", kmeans)])
    return pd.Series(pipeline.fit_predict(users), users.index, name="segment")


def profile(users: pd.DataFrame, segments: pd.Series) -> pd.DataFrame:
    """Describe each segment.

    Parameters
    ----------
    users : pandas.DataFrame
        One row per user, with the columns `NUMERICS` and `CATEGORIES`.
    segments : pandas.Series
        Segment of each user, on the index of `users`.

    Returns
    -------
    pandas.DataFrame
        One row per segment: number of users, mean of each numeric column (in the
        units of the file), most frequent value of each category.
    """
    by_segment = users.groupby(segments)
    sizes = by_segment.size().rename("Users")
    means = by_segment[NUMERICS].mean()
    modes = by_segment[CATEGORIES].agg(lambda values: values.mode()[0])
    return pd.concat([sizes, means, modes], axis="columns")


def run(segment: Callable[[pd.DataFrame, int], pd.Series]) -> None:
    """Segment a file of users, print the profile, and write the labels if asked to.

    Parameters
    ----------
    segment : callable
        Gives the segment of each user, from the users and the number of restarts.
    """
    arguments = parse_arguments()
    users = pd.read_csv(arguments.users)
    segments = segment(users, arguments.restarts)
    print(profile(users, segments).round(3).T.to_string())
    if arguments.labels:
        labels = pd.DataFrame({"user_id": users["User ID"], "segment": segments})
        labels.to_parquet(arguments.labels)


if __name__ == "__main__":
    run(segment)
