"""The segments of a model, judged on users."""

import numpy as np

from user_segmentation.evidence.null_test import NullTest
from user_segmentation.evidence.refits import REFITS
from user_segmentation.evidence.separation import border_densities
from user_segmentation.evidence.stability import segment_jaccards
from user_segmentation.evidence.verdict import verdict
from user_segmentation.training.clustering import Segments, nearest_segments


def judge_segments(matrix, centroids, score, technique):
    """Say how far each segment can be trusted, and all of them together.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    centroids : ndarray of shape (segment_count, feature_count)
        Of the model that scores users.
    score : Score
        Of the same number of segments.
    technique : str
        A key of `TECHNIQUES`.

    Returns
    -------
    dict
        For each segment its `jaccard`, `border_density` and `neighbour`, the position
        of the nearest segment; and the `verdict` on all.
    """
    segments = Segments(centroids, nearest_segments(matrix, centroids), np.nan)
    jaccards = segment_jaccards(matrix, segments, fit=REFITS[technique])
    densities, neighbours = border_densities(matrix, segments)
    return {
        "jaccard": jaccards,
        "border_density": densities,
        "neighbour": neighbours,
        "verdict": verdict(
            NullTest(score.gain, score.p_value, score.copy_count),
            NullTest(score.group_gain, score.group_p_value, score.group_copy_count),
            jaccards.min(),
            score.prediction_strength,
            densities.max(),
        ),
    }
