"""The registry of models: a table that only grows."""

import platform
from importlib.metadata import version

import pandas as pd

SCALE_COLUMNS = ["feature", "transform", "center", "scale", "clip"]
COLUMN_TYPES = {
    "objective": "str",
    "model_version": "int32",
    "segment_number": "int32",
    "feature": "str",
    "transform": "str",
    "centroid": "float64",
    "center": "float64",
    "scale": "float64",
    "clip": "float64",
    "trained_at": "datetime64[us]",
    "reason": "str",
    "definition_fingerprint": "str",
    "is_sample": "bool",
    "input_fingerprint": "str",
    "user_count": "int64",
    "inertia": "float64",
    "libraries": "str",
}
# What decides, besides the data, which numbers a fit gives.
LIBRARIES = ["scikit-learn", "numpy", "scipy"]


def newest_version(registry):
    """The rows of the newest version of one objective.

    Parameters
    ----------
    registry : DataFrame
        Rows of one objective; may be empty.

    Returns
    -------
    DataFrame
    """
    return registry[registry["model_version"] == registry["model_version"].max()]


def centroids_of(rows):
    """Centroids and scales of a stored model.

    Parameters
    ----------
    rows : DataFrame
        One row per segment and feature.

    Returns
    -------
    centroids : ndarray of shape (segment_count, feature_count)
    numbers : ndarray of shape (segment_count,)
        Number of each segment.
    scales : DataFrame of feature_count rows
        `SCALE_COLUMNS`, in the order of the columns of the centroids.
    """
    wide = rows.pivot(index="segment_number", columns="feature", values="centroid")
    scales = rows[SCALE_COLUMNS].drop_duplicates("feature").sort_values("feature")
    return wide.to_numpy(), wide.index.to_numpy(), scales.reset_index(drop=True)


def model_rows(centroids, numbers, scales, facts):
    """A model as a table.

    Parameters
    ----------
    centroids : ndarray of shape (segment_count, feature_count)
    numbers : ndarray of shape (segment_count,)
    scales : DataFrame of feature_count rows
        `SCALE_COLUMNS`, in the order of the columns of the centroids.
    facts : dict
        The columns that are the same in every row.

    Returns
    -------
    DataFrame
        One row per segment and feature.
    """
    rows = pd.concat(
        [
            scales.assign(segment_number=number, centroid=centroid)
            for number, centroid in zip(numbers, centroids, strict=True)
        ],
        ignore_index=True,
    )
    rows = rows.assign(**facts, libraries=libraries())
    return rows[list(COLUMN_TYPES)].astype(COLUMN_TYPES)


def libraries():
    """Versions of what a fit is made with, in words.

    Returns
    -------
    str
    """
    named = [f"{library} {version(library)}" for library in LIBRARIES]
    return ", ".join([f"Python {platform.python_version()}", *named])
