"""KMeans beside other ways to make as many segments of the same users."""

import numpy as np
from sklearn.metrics import adjusted_rand_score

from null_test import COPIES, COPIES_BESIDE, shuffled_copies_test
from outcomes import variance_explained
from separation import border_densities
from stability import DRAWS, DRAWS_BESIDE, segment_jaccards
from techniques import TECHNIQUES, TEST_TECHNIQUES, engagement_tiers

RULE = "engagement_tiers"


def compare_techniques(matrix, scales, outcome, segment_count, used):
    """Judge every technique by the same evidence.

    That of the technique that is used is complete; of the others there are only so many
    draws and copies as it takes to show them beside.

    Parameters
    ----------
    matrix : ndarray of shape (user_count, feature_count)
    scales : DataFrame of feature_count rows
        The source and the block of each feature; `engagement_tiers` adds up those of
        the block engagement.
    outcome : ndarray of shape (user_count,)
        The feature that judges the segments, in any unit.
    segment_count : int
        Asked of every technique but the tiers, which are always four.
    used : str
        The technique that the objective uses; a key of `TECHNIQUES`.

    Returns
    -------
    list of dict
        One for each technique.
    """
    is_engagement = (scales["block"] == "engagement").to_numpy()
    rule = {RULE: engagement_tiers(is_engagement)}
    fits, test_fits = TECHNIQUES | rule, TEST_TECHNIQUES | rule
    segments = {name: fit(matrix, segment_count) for name, fit in fits.items()}
    rows = []
    for name, fit in fits.items():
        own, labels = segments[name], segments[name].labels
        is_used = name == used
        # The evidence for the technique that is used is there, and its fits remembered.
        jaccards = segment_jaccards(
            matrix,
            own,
            fit=fit,
            draws=DRAWS if is_used else DRAWS_BESIDE,
            may_give_up=not is_used,
        )
        test_fit = test_fits[name]
        null_test = shuffled_copies_test(
            matrix,
            scales["source"],
            test_fit(matrix, segment_count),
            fit=test_fit,
            most_copies=COPIES if is_used else COPIES_BESIDE,
        )
        rows.append(
            {
                "technique": name,
                "is_used": is_used,
                "segment_count": len(own.centroids),
                "agreement": adjusted_rand_score(segments[used].labels, labels),
                "worst_jaccard": jaccards.min(),
                "gain": null_test.gain,
                "p_value": null_test.p_value if is_used else None,
                "border_density": np.median(border_densities(matrix, own)[0]),
                "smallest_share": np.bincount(labels).min() / len(labels),
                "outcome_variance_explained": variance_explained(outcome, labels),
            }
        )
    return rows
