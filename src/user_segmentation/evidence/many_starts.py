"""KMeans from all its starts at once: as scikit-learn's, at a fraction of its cost."""

import numpy as np

from user_segmentation.training.clustering import (
    MOST_ROUNDS,
    RESTARTS,
    SEED,
    fit_segments,
    has_distinct_users,
    numbered,
    one_thread,
    settled,
)
from user_segmentation.training.known import at_center, squared_distances

# As scikit-learn's KMeans: where centroids stand still, squared and in mean variances.
TOLERANCE = 1e-4
# Starts that are so near to the best, as a share of the total inertia, are looked at to
# the last digit.
NEARLY_BEST = 1e-3


def kmeans(matrix, segment_count, *, restarts=RESTARTS):
    """Fit the segments of `clustering.fit_segments`, for evidence.

    The starts are those of scikit-learn's k-means++, from the same random numbers, and
    so are the rounds that follow. From the second on single precision, which halves
    their cost, is enough to tell who is in which segment; what is returned is in double
    precision. Segments differ from those of `fit_segments` only where two ways are as
    good to six digits.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
        Scaled features, nan where one is not known of a user.
    segment_count : int
    restarts : int
        Of so many k-means++ starts the best is kept.

    Returns
    -------
    Segments

    Raises
    ------
    ValueError
        If the users have fewer different values than there are segments.
    """
    if not has_distinct_users(matrix, segment_count):
        raise ValueError(f"{segment_count} segments need as many different users")
    filled = at_center(matrix)
    mean = filled.mean(axis=0)
    users = filled - mean
    with one_thread():
        memberships = _moved_starts(users, segment_count, restarts)
        centroids, labels = _best(users, memberships)
        if len(np.unique(labels)) < segment_count:
            return fit_segments(matrix, segment_count, restarts=restarts)
        if np.isnan(matrix).any():
            return _settled_on_known(matrix, centroids + mean)
    inertia = ((users - centroids[labels]) ** 2).sum()
    return numbered(centroids + mean, labels, inertia)


def _moved_starts(users, segment_count, restarts):
    """Who is in which segment where no centroid of a start moves any more.

    Returns bool of shape (start_count, segment_count, user_count): of those starts
    that come out best, as far as single precision tells.
    """
    squares = np.einsum("uf,uf->u", users, users)
    centroids = users[_start_users(users, squares, segment_count, restarts)]
    with_one = _with_one(users)
    across = np.ascontiguousarray(with_one.T)
    still = TOLERANCE * users.var(axis=0).mean()
    settled_starts, inertias = [], []
    for round_number in range(MOST_ROUNDS):
        # While centroids are users, as yes and no, others are as near to one as to the
        # next; rounding would decide.
        if round_number == 1:
            centroids, with_one, across = (
                numbers.astype(np.float32) for numbers in (centroids, with_one, across)
            )
        members, nearness = _nearest(centroids, across)
        means = _means(_totals(members, with_one))
        is_still = ((means - centroids) ** 2).sum(axis=(1, 2)) <= still
        if is_still.any():
            settled_starts.append(members[is_still])
            inertias.append(2 * nearness[is_still].sum(axis=1))
        centroids = means[~is_still]
        if is_still.all():
            break
    else:
        settled_starts.append(members[~is_still])
        inertias.append(2 * nearness[~is_still].sum(axis=1))
    # Each less the total inertia.
    inertias = np.concatenate(inertias)
    is_near = inertias <= inertias.min() + NEARLY_BEST * squares.sum()
    return np.concatenate(settled_starts)[is_near]


def _start_users(users, squares, segment_count, restarts):
    """The users that greedy k-means++ starts from: a row for each start.

    As scikit-learn's, it draws some users for each centroid, the likelier the farther
    from those before, and takes the one that lowers the inertia most.
    """
    trials = 2 + int(np.log(segment_count))
    draws = np.random.RandomState(SEED).random_sample(
        (restarts, 1 + (segment_count - 1) * trials)
    )
    across = np.ascontiguousarray(users.T)
    starts = np.arange(restarts)
    chosen = np.empty((restarts, segment_count), dtype=int)
    chosen[:, 0] = draws[:, 0] * len(users)
    distances = _distances(chosen[:, 0], users, across, squares)
    for place in range(1, segment_count):
        sums = np.cumsum(distances, axis=1, dtype=float)
        first = 1 + (place - 1) * trials
        wanted = draws[:, first : first + trials] * sums[:, -1:]
        drawn = np.array(
            [np.searchsorted(*pair) for pair in zip(sums, wanted, strict=True)]
        )
        np.minimum(drawn, len(users) - 1, out=drawn)
        nearest = _distances(drawn.ravel(), users, across, squares)
        nearest = nearest.reshape(restarts, trials, -1)
        np.minimum(nearest, distances[:, None], out=nearest)
        best = nearest.sum(axis=2).argmin(axis=1)
        distances = nearest[starts, best]
        chosen[:, place] = drawn[starts, best]
    return chosen


def _distances(chosen, users, across, squares):
    """Squared distances of all users to each of those chosen."""
    distances = (-2 * users[chosen]) @ across
    distances += squares
    distances += squares[chosen][:, None]
    np.maximum(distances, 0, out=distances)
    distances[np.arange(len(chosen)), chosen] = 0
    return distances


def _with_one(users):
    return np.hstack([users, np.ones((len(users), 1), users.dtype)])


def _nearest(centroids, across):
    """Who is nearest to which centroid of each start, and how near.

    Nearness is half of the squared distance, less what a user's own values add.
    """
    start_count, segment_count, feature_count = centroids.shape
    weights = np.empty((start_count, segment_count, feature_count + 1), centroids.dtype)
    np.negative(centroids, out=weights[..., :-1])
    np.einsum("skf,skf->sk", centroids, centroids, out=weights[..., -1])
    weights[..., -1] /= 2
    nearness = weights.reshape(-1, feature_count + 1) @ across
    nearness = nearness.reshape(start_count, segment_count, -1)
    nearest = nearness.min(axis=1)
    members = nearness == nearest[:, None]
    if np.count_nonzero(members) > nearest.size:
        # Of equally near centroids the first.
        first = members.argmax(axis=1)
        members = first[:, None] == np.arange(segment_count)[:, None]
    return members, nearest


def _totals(members, with_one):
    """Sums of the users of each segment, and their number."""
    start_count, segment_count, user_count = members.shape
    weights = members.reshape(-1, user_count).astype(with_one.dtype)
    return (weights @ with_one).reshape(start_count, segment_count, -1)


def _means(totals):
    """Those of no users are at the mean of all."""
    return totals[..., :-1] / np.maximum(totals[..., -1:], 1)


def _best(users, memberships):
    """Centroids and labels of the start with the lowest inertia."""
    with_one = _with_one(users)
    centroids = _means(_totals(memberships, with_one))
    members, nearness = _nearest(centroids, np.ascontiguousarray(with_one.T))
    best = nearness.sum(axis=1).argmin()
    return centroids[best], members[best].argmax(axis=0)


def _settled_on_known(matrix, centroids):
    """As `clustering.settled`, with products of matrices."""
    feature_count = matrix.shape[1]
    users = np.hstack([at_center(matrix), ~np.isnan(matrix)])
    labels = None
    for _ in range(MOST_ROUNDS):
        nearness = users @ np.hstack([-2 * centroids, centroids**2]).T
        labels, last_labels = nearness.argmin(axis=1), labels
        if np.array_equal(labels, last_labels):
            break
        members = labels[:, None] == np.arange(len(centroids))
        if not members.any(axis=0).all():
            return settled(matrix, centroids)
        totals = members.T.astype(float) @ users
        counts = totals[:, feature_count:]
        centroids = totals[:, :feature_count] / np.maximum(counts, 1)
    inertia = squared_distances(matrix, centroids[labels]).sum()
    return numbered(centroids, labels, inertia)
