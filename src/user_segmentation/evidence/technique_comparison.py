"""KMeans beside other ways to make as many segments of the same users."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from user_segmentation.evidence.null_test import COPIES_BESIDE, shuffled_copies_test
from user_segmentation.evidence.outcomes import variance_explained
from user_segmentation.evidence.refits import REFITS, TEST_REFITS
from user_segmentation.evidence.separation import border_density
from user_segmentation.evidence.stability import DRAWS_BESIDE, segment_jaccards
from user_segmentation.training.techniques import TECHNIQUES, engagement_tiers

RULE = "engagement_tiers"
EVIDENCE = ["worst_jaccard", "gain", "p_value"]


def compare_techniques(matrix, scales, outcome, score, used):
    """Judge every technique by the same evidence.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    scales : DataFrame of feature_count rows
        The source and the block of each feature; `engagement_tiers` adds up those of
        the block engagement, and is left out where there is none.
    outcome : ndarray of shape (user_count,) or None
        The feature that judges the segments, in any unit; nan where it is not known.
        None where the objective has none.
    score : Score
        Of the technique that is used, with the number of segments that is asked of
        every other but the tiers, which are always four.
    used : str
        The technique that the objective uses; a key of `TECHNIQUES`.

    Returns
    -------
    list of dict
        One for each technique.
    """
    is_engagement = (scales["block"] == "engagement").to_numpy()
    rule = {RULE: engagement_tiers(is_engagement)} if is_engagement.any() else {}
    refits, test_refits = REFITS | rule, TEST_REFITS | rule
    segments = {
        name: fit(matrix, score.segment_count)
        for name, fit in (TECHNIQUES | rule).items()
    }
    rows = []
    for name, own in segments.items():
        is_used = name == used
        if is_used:
            evidence = {piece: getattr(score, piece) for piece in EVIDENCE}
        else:
            evidence = _evidence_beside(
                matrix, scales["source"], own, refits[name], test_refits[name]
            )
        rows.append(
            {
                "technique": name,
                "is_used": is_used,
                "segment_count": len(own.centroids),
                "agreement": adjusted_rand_score(segments[used].labels, own.labels),
                **evidence,
                "border_density": border_density(matrix, own),
                "smallest_share": np.bincount(own.labels).min() / len(matrix),
                "outcome_variance_explained": None
                if outcome is None
                else variance_explained(outcome, own.labels),
            }
        )
    return rows


def _evidence_beside(matrix, sources, segments, fit, test_fit):
    """As much evidence as it takes to stand beside, and no p-value."""
    jaccards = segment_jaccards(
        matrix, segments, fit=fit, draws=DRAWS_BESIDE, may_give_up=True
    )
    null_test = shuffled_copies_test(
        matrix,
        sources,
        test_fit(matrix, len(segments.centroids)),
        fit=test_fit,
        most_copies=COPIES_BESIDE,
    )
    pieces = jaccards.min(), null_test.gain, None
    return dict(zip(EVIDENCE, pieces, strict=True))
