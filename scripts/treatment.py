"""The default treatment of features, as the dbt models do it, for generated data.

`feature_fences.sql` and `feature_scales.sql` in `models/segmentation/training` and
`scaled.sql` in `macros/segmentation/training` are what a build runs; a test holds this
module equal to them.
"""

import numpy as np
import pandas as pd
from sklearn.preprocessing import StandardScaler

CLIP_DEVIATIONS = 3
LOW_SHARE, HIGH_SHARE = 0.05, 0.95


def fences(values):
    """Between which values of a feature a user is no outlier.

    Parameters
    ----------
    values : ndarray of shape (user_count,)
        Transformed, nan where one is not known of a user.

    Returns
    -------
    lower, upper : float
        The 5th and the 95th percentile of the values other than the median, and the
        distance between them once more on either side.
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return -np.inf, np.inf
    median = _percentile(known, 0.5)
    others = known[known != median]
    if not len(others):
        return median, median
    low = min(_percentile(others, LOW_SHARE), median)
    high = max(_percentile(others, HIGH_SHARE), median)
    return low - (high - low), high + (high - low)


def winsorised(values, kinds):
    """Features whose outliers are moved to the fence.

    Parameters
    ----------
    values : ndarray of shape (user_count, feature_count)
        Transformed, nan where one is not known of a user.
    kinds : sequence of str, of length feature_count
        Only what is numeric has fences.

    Returns
    -------
    ndarray of shape (user_count, feature_count)
    """
    moved = values.copy()
    for column, kind in enumerate(kinds):
        if kind == "numeric":
            moved[:, column] = np.clip(values[:, column], *fences(values[:, column]))
    return moved


def feature_scales(users, features):
    """How features are centred, scaled and clipped.

    Parameters
    ----------
    users : DataFrame of user_count rows
        A column of numbers for each feature, nan where one is not known of a user;
        others are left alone.
    features : DataFrame
        The catalogue: feature, source, block, kind (numeric, ordered or flag),
        transform (none or log1p) and the weight of the block, which is the variance
        that the block is scaled to.

    Returns
    -------
    DataFrame
        The catalogue by the names of its features, with center, scale and clip; a
        feature that is the same for every user has a clip of 0.
    """
    features = features.sort_values("feature", ignore_index=True)
    values = winsorised(_transformed(users, features), features["kind"])
    standard = StandardScaler().fit(values)
    # By their range: rounding can leave a constant column a little variance.
    is_constant = np.nanmax(values, axis=0) == np.nanmin(values, axis=0)
    unweighted = np.where(features["kind"] == "flag", np.sqrt(2), standard.scale_)
    variance = pd.Series(standard.var_ / unweighted**2)
    factor = np.sqrt(
        features["weight"] / variance.groupby(features["block"]).transform("sum")
    )
    return features.assign(
        center=standard.mean_,
        scale=np.where(is_constant, 1, unweighted / factor),
        clip=np.where(is_constant, 0, CLIP_DEVIATIONS * factor),
    )


def scaled(users, scales):
    """Features as a model sees them.

    Parameters
    ----------
    users : DataFrame of user_count rows
        A column of numbers for each feature.
    scales : DataFrame of feature_count rows
        feature, transform, center, scale and clip.

    Returns
    -------
    ndarray of shape (user_count, feature_count)
        Features in the order of `scales`; nan where one is not known of a user, unless
        it weighs nothing.
    """
    values = _transformed(users, scales)
    clip = scales["clip"].to_numpy()
    matrix = np.clip(
        (values - scales["center"].to_numpy()) / scales["scale"].to_numpy(),
        -clip,
        clip,
    )
    return np.where(clip == 0, 0, matrix)


def treated(users, features):
    """Users as the models of the project would see them.

    Parameters
    ----------
    users, features : DataFrame
        As in `feature_scales`.

    Returns
    -------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled and clipped features, in the order of their names.
    sources : list of str, of length feature_count
        The raw column that each feature comes from.
    """
    scales = feature_scales(users, features)
    return scaled(users, scales), scales["source"].tolist()


def _transformed(users, features):
    values = users[features["feature"]].to_numpy(dtype=float, copy=True)
    is_log = (features["transform"] == "log1p").to_numpy()
    values[:, is_log] = np.log1p(values[:, is_log])
    return values


def _percentile(values, share):
    # A little less than the share, because the number of values times the share may
    # come out above a whole number.
    return np.quantile(values, share - 1e-12, method="inverted_cdf")
