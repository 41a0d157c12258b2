"""Ways to go on from one month's segments to the next month's."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans

from planted import PERSONA_COUNT
from treatment import CLIP_DEVIATIONS, scaled
from user_segmentation.training.clustering import (
    RESTARTS,
    fit_segments,
    nearest_segments,
    one_thread,
)
from user_segmentation.training.identity import NONE, assign_keys, match_segments
from user_segmentation.training.refit import in_scale_of, refit

# max_model_age_days in dbt_project.yml, in months.
MOST_MONTHS = 3


@dataclass(frozen=True)
class Model:
    """A model, the users it was trained on, and the keys of its segments."""

    scales: pd.DataFrame
    centroids: np.ndarray
    labels: np.ndarray
    keys: np.ndarray
    highest_key: int
    age_months: int = 0

    @property
    def user_keys(self):
        """Key of each user's segment."""
        return self.keys[self.labels]


def monthly_scales(users, pool):
    """Scales of one month's users that give each feature its variance in the pool."""
    weights = pool.std()
    return pd.DataFrame(
        {
            "feature": pool.columns,
            "transform": "none",
            "center": users.mean(),
            "scale": users.std() / weights,
            "clip": CLIP_DEVIATIONS * weights,
        }
    )


def first_model(users, scales, generator):
    """The model that all others follow."""
    matrix = scaled(users, scales)
    order = generator.permutation(len(matrix))
    segments = fit_segments(matrix[order], PERSONA_COUNT)
    labels = segments.labels[np.argsort(order)]
    keys = np.arange(1, PERSONA_COUNT + 1)
    return Model(scales, segments.centroids, labels, keys, PERSONA_COUNT)


def raw_refit(previous, users, scales, generator):
    """Fit from a new seed, and take the numbers as they come."""
    with one_thread():
        fit = KMeans(
            PERSONA_COUNT, n_init=RESTARTS, random_state=int(generator.integers(2**31))
        ).fit(scaled(users, scales))
    keys = np.arange(1, PERSONA_COUNT + 1)
    return Model(scales, fit.cluster_centers_, fit.labels_, keys, previous.highest_key)


def sized_refit(_previous, users, scales, generator):
    """Fit to users in a new order, and number segments by their size."""
    return first_model(users, scales, generator)


def plain_refit(previous, users, scales, generator):
    """Fit anew, and match every segment to an old one."""
    model = first_model(users, scales, generator)
    centroids = in_scale_of(model.centroids, scales, previous.scales)
    costs = cdist(previous.centroids, centroids, "sqeuclidean")
    old, new = linear_sum_assignment(costs)
    matching = np.full(len(centroids), NONE)
    matching[new] = old
    return _follow(previous, scales, model, matching)


def stable_refit(previous, users, scales, _generator):
    """Refit from where the segments are, match with a cap, and number."""
    return _matched(previous, scales, _refit(previous, users, scales).segments)


def worthwhile_refit(previous, users, _scales, _generator):
    """Keep the old model, on its own scales, until a new one is worth the change."""
    new = _refit(previous, users, previous.scales)
    if new.is_worthwhile:
        return _matched(previous, previous.scales, new.segments)
    labels = nearest_segments(scaled(users, previous.scales), previous.centroids)
    return replace(previous, labels=labels, age_months=0)


def aged_refit(previous, users, scales, generator):
    """The same, of a model that is old: what a build does by default.

    It does so where users have structure only. Drift, which trains models too, has no
    part here, as users of every month are of one kind.
    """
    age_months = previous.age_months + 1
    if age_months > MOST_MONTHS:
        return worthwhile_refit(previous, users, scales, generator)
    labels = nearest_segments(scaled(users, previous.scales), previous.centroids)
    return replace(previous, labels=labels, age_months=age_months)


WAYS = {
    "raw": raw_refit,
    "by size": sized_refit,
    "plain matching": plain_refit,
    "every month": stable_refit,
    "when worthwhile": worthwhile_refit,
    "when old": aged_refit,
}


def _refit(previous, users, scales):
    start = in_scale_of(previous.centroids, previous.scales, scales)
    return refit(scaled(users, scales), PERSONA_COUNT, start)


def _matched(previous, scales, segments):
    centroids = in_scale_of(segments.centroids, scales, previous.scales)
    matching = match_segments(previous.centroids, centroids)
    return _follow(previous, scales, segments, matching)


def _follow(previous, scales, fitted, matching):
    keys = assign_keys(matching, previous.keys, previous.highest_key)
    highest_key = max(previous.highest_key, *keys)
    return Model(scales, fitted.centroids, fitted.labels, keys, highest_key)
