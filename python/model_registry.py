"""The registry of fitted models: a table that only grows."""

import pandas as pd

KEY = ["objective", "segment_number", "feature"]
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
}


def model_rows(segments, scales):
    """A fitted model as a table.

    Parameters
    ----------
    segments : Segments
    scales : DataFrame
        One row per feature, in the order of the columns of the centroids: objective,
        feature, transform, center, scale and clip.

    Returns
    -------
    DataFrame
        One row per segment and feature.
    """
    return pd.concat(
        [
            scales.assign(segment_number=number, centroid=centroid)
            for number, centroid in enumerate(segments.centroids, start=1)
        ],
        ignore_index=True,
    )


def new_versions(fitted, registry):
    """The rows to append to the registry.

    A model that equals the newest one of its objective is not stored again.

    Parameters
    ----------
    fitted : list of DataFrame
        One for each objective, from `model_rows`.
    registry : DataFrame
        All versions so far; may have no rows.

    Returns
    -------
    DataFrame
        One row per objective, model version, segment and feature.
    """
    appended = []
    for rows in fitted:
        past = registry[registry["objective"] == rows["objective"].iloc[0]]
        newest_version = past["model_version"].max() if len(past) else 0
        newest = past[past["model_version"] == newest_version]
        if not _are_equal(rows, newest):
            appended.append(rows.assign(model_version=newest_version + 1))
    columns = list(COLUMN_TYPES)
    if not appended:
        return pd.DataFrame(columns=columns).astype(COLUMN_TYPES)
    return pd.concat(appended, ignore_index=True)[columns].astype(COLUMN_TYPES)


def _are_equal(rows, newest):
    ordered = [
        frame.sort_values(KEY)[rows.columns].reset_index(drop=True)
        for frame in (rows, newest)
    ]
    return len(rows) == len(newest) and bool((ordered[0] == ordered[1]).all(axis=None))
