"""Whether the segments of a partition come back when the users are drawn again."""

import numpy as np

from user_segmentation.evidence.redraws import redraws
from user_segmentation.training.clustering import fit_segments

DRAWS = 25
# For what is only shown beside, and decides nothing.
DRAWS_BESIDE = 5
FEWEST_DRAWS = 5
# From here on a cluster counts as stable (Hennig 2007).
STABLE_JACCARD = 0.75


def segment_jaccards(matrix, segments, **options):
    """Stability of each segment: the mean over the draws of `jaccards_by_draw`.

    Parameters
    ----------
    matrix, segments, **options
        As for `jaccards_by_draw`.

    Returns
    -------
    ndarray of shape (segment_count,)
        From 0 to 1.
    """
    return jaccards_by_draw(matrix, segments, **options).mean(axis=0)


def jaccards_by_draw(
    matrix, segments, *, fit=fit_segments, draws=DRAWS, may_give_up=False
):
    """How much of each segment is found again in each draw of the users.

    The users are drawn with replacement, `draws` times, and fitted in exactly the same
    way; each segment is compared, on the users drawn, with the most similar of the new
    segments. A draw with fewer different users than segments finds none of them again.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    segments : Segments
        A partition of its users.
    fit : callable
        From a matrix and a number of segments to `Segments`, as the partition was made.
    draws : int
    may_give_up : bool
        Whether to stop, after `FEWEST_DRAWS` draws, once some segment lies three
        standard errors below `STABLE_JACCARD`: enough to tell that it is not stable.

    Returns
    -------
    ndarray of shape (draws made, segment_count)
        Jaccard similarity of each segment in each draw, from 0 to 1.

    References
    ----------
    Hennig, C. (2007), Cluster-wise assessment of cluster stability, Computational
    Statistics & Data Analysis 52, 258-271.
    """
    segment_count = len(segments.centroids)
    drawn_again = redraws(matrix, segment_count, fit)
    similarities = np.zeros((draws, segment_count))
    for draw in range(draws):
        if drawn_again[draw]:
            users, labels = drawn_again[draw]
            found = best_jaccard(segments.labels[users], labels)
            # A segment of which nobody was drawn was not found.
            similarities[draw, : len(found)] = found[:segment_count]
        made = similarities[: draw + 1]
        if may_give_up and len(made) >= FEWEST_DRAWS and _is_plainly_unstable(made):
            break
    return made


def standard_errors(similarities):
    """Standard errors of the means over the draws.

    Parameters
    ----------
    similarities : ndarray of shape (draws made, segment_count)

    Returns
    -------
    ndarray of shape (segment_count,)
    """
    return similarities.std(axis=0, ddof=1) / np.sqrt(len(similarities))


def _is_plainly_unstable(similarities):
    highest = similarities.mean(axis=0) + 3 * standard_errors(similarities)
    return highest.min() < STABLE_JACCARD


def best_jaccard(labels, other_labels):
    """Jaccard similarity of each segment with the most similar other segment.

    Parameters
    ----------
    labels, other_labels : ndarray of shape (user_count,)
        Two partitions of the same users, as numbers from 0.

    Returns
    -------
    ndarray of shape (segment_count,)
        For each segment of `labels`, from 0 to 1.
    """
    segment_count = max(labels.max(), other_labels.max()) + 1
    shared = np.zeros((segment_count, segment_count))
    np.add.at(shared, (labels, other_labels), 1)
    sizes = shared.sum(axis=1, keepdims=True)
    other_sizes = shared.sum(axis=0, keepdims=True)
    # A segment of neither partition may have no user among those compared.
    return (shared / np.maximum(sizes + other_sizes - shared, 1)).max(axis=1)
