"""The tutorial's way to segment users: pandas and scikit-learn, all in memory.

This is the yardstick of ``bench/run.py``: one file read whole, four numbers
standardised, three categories one-hot encoded, KMeans on every row, a profile
per segment.
"""

import argparse
from collections.abc import Sequence

import pandas as pd
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMERICS = [
    "Time Spent Online (hrs/weekday)",
    "Time Spent Online (hrs/weekend)",
    "Likes and Reactions",
    "Click-Through Rates (CTR)",
]
CATEGORIES = ["Age", "Gender", "Income Level"]


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


def segment(users: pd.DataFrame) -> pd.Series:
    """Cluster the users into five segments.

    Parameters
    ----------
    users : pandas.DataFrame
        One row per user, with the columns `NUMERICS` and `CATEGORIES`.

    Returns
    -------
    pandas.Series
        Segment of each user, 0 to 4, on the index of `users`.
    """
    kmeans = KMeans(n_clusters=5, n_init=10, random_state=42)
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


def main() -> None:
    """Print the profile of the segments of a file of users."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("users", help="CSV file with one row per user")
    users = pd.read_csv(parser.parse_args().users)
    print(profile(users, segment(users)).round(3).T.to_string())


if __name__ == "__main__":
    main()
